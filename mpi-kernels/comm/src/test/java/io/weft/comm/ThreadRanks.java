package io.weft.comm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ranks that are threads of this process, which find each other through its heap. */
final class ThreadRanks {
  private static final int SECONDS = 60;

  private final CyclicBarrier barrier;
  private final byte[][] bytes;
  private volatile int lost = -1;
  private Throwable reason;

  private ThreadRanks(int size) {
    barrier = new CyclicBarrier(size);
    bytes = new byte[size][];
  }

  /** What a rank does. */
  interface Body {
    /** Runs on a rank's own thread. */
    void run(Bootstrap bootstrap) throws Exception;
  }

  private synchronized void fail(int rank, Throwable failure) {
    if (lost < 0) {
      lost = rank;
      reason = failure;
    }
    barrier.reset();
  }

  /** Runs a body on every rank and waits; what the first of them throws is thrown. */
  static void run(int size, Body body) throws Exception {
    ThreadRanks ranks = new ThreadRanks(size);
    ExecutorService threads = Executors.newFixedThreadPool(size);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        int rank = i;
        all.add(
            threads.submit(
                () -> {
                  try {
                    body.run(ranks.new Rank(rank));
                    return null;
                  } catch (Exception | Error failure) {
                    // The others need not wait for this one; the first to fail has the reason.
                    ranks.fail(rank, failure);
                    throw failure;
                  }
                }));
      }
      for (Future<?> each : all) {
        each.get(2 * SECONDS, TimeUnit.SECONDS);
      }
    } catch (ExecutionException failed) {
      throw new AssertionError("rank " + ranks.lost + ": " + ranks.reason, ranks.reason);
    } finally {
      threads.shutdownNow();
      assertTrue(threads.awaitTermination(SECONDS, TimeUnit.SECONDS), "a rank does not end");
    }
  }

  private final class Rank implements Bootstrap {
    private final int rank;

    Rank(int rank) {
      this.rank = rank;
    }

    @Override
    public int rank() {
      return rank;
    }

    @Override
    public int size() {
      return bytes.length;
    }

    @Override
    public byte[][] allgather(byte[] mine) {
      bytes[rank] = mine.clone();
      barrier();
      byte[][] all = bytes.clone();
      barrier();
      return all;
    }

    @Override
    public void barrier() {
      try {
        barrier.await(SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
        throw new IllegalStateException("rank " + rank + " waited in vain", e);
      }
    }

    @Override
    public int lostRank() {
      return lost;
    }

    @Override
    public void abort(int status) {
      throw new IllegalStateException("abort(" + status + ") of rank " + rank);
    }
  }
}
