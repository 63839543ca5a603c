package io.weft.mpi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.testing.MpiBuild;
import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankFixture;
import io.weft.testing.RankTest;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Several threads of each rank call at the same time, at {@code MPI_THREAD_MULTIPLE}: each on a
 * communicator of its own. On two ranks at most: each of their threads polls, and MPICH's do not
 * yield.
 */
@MultiRank(
    ranks = {1, 2},
    variantProvider = MpiBuild.All.class,
    sampled = "build",
    deadlineSeconds = 120)
class ThreadsTest implements RankFixture {
  private static final int THREADS = 3;
  private static final int ROUNDS = 10;

  /** Longer than what libraries send at once. */
  private static final int LONG = 20_000;

  private Mpi mpi;
  private Comm[] own;
  private int rank;
  private int size;
  private int next;
  private int previous;

  @Override
  public void open(RankContext context) {
    mpi = Mpi.initialize(ThreadLevel.MULTIPLE);
    // Made in the same order on all ranks, so by one thread.
    own = new Comm[THREADS];
    for (int i = 0; i < THREADS; i++) {
      own[i] = mpi.world().dup();
    }
    rank = own[0].rank();
    size = own[0].size();
    next = (rank + 1) % size;
    previous = (rank + size - 1) % size;
  }

  @Override
  public void close() {
    for (Comm each : own) {
      each.close();
    }
    mpi.close();
  }

  private void assumeGranted() {
    if (mpi.threadLevel() != ThreadLevel.MULTIPLE) {
      Assumptions.abort(mpi.libraryVersion() + " gives thread level " + mpi.threadLevel());
    }
  }

  /** What differs for each rank, thread and round. */
  private static int value(int rank, int thread, int round) {
    return 100_000 * rank + 1000 * thread + round;
  }

  @RankTest
  void messages() throws Exception {
    assumeGranted();
    Threads.run(
        THREADS,
        thread -> {
          Comm mine = own[thread];
          MemorySegment out = mpi.allocate((long) LONG * Long.BYTES);
          MemorySegment in = mpi.allocate((long) LONG * Long.BYTES);
          Request sent = mine.newRequest();
          Request received = mine.newRequest();
          RequestSet both = mine.newRequestSet(List.of(received, sent));
          Status status = new Status();
          for (int round = 0; round < ROUNDS; round++) {
            out.set(JAVA_INT, 0, value(rank, thread, round));
            mine.irecv(in, 0, 1, Datatype.INT, previous, round, received);
            mine.isend(out, 0, 1, Datatype.INT, next, round, sent);
            both.awaitAll();
            assertEquals(value(previous, thread, round), in.get(JAVA_INT, 0));
            for (int i = 0; i < LONG; i++) {
              out.setAtIndex(JAVA_LONG, i, value(rank, thread, round));
            }
            mine.isend(out, 0, LONG, Datatype.LONG, next, 1, sent);
            mine.recv(in, 0, LONG, Datatype.LONG, previous, 1, status);
            sent.await(null);
            assertEquals(LONG, status.count(Datatype.LONG));
            for (int i = 0; i < LONG; i++) {
              assertEquals(value(previous, thread, round), in.getAtIndex(JAVA_LONG, i));
            }
            MemorySegment heap = MemorySegment.ofArray(new int[] {value(rank, thread, round)});
            mine.sendrecvReplace(heap, 0, 1, Datatype.INT, next, 2, previous, 2, status);
            assertEquals(value(previous, thread, round), heap.get(JAVA_INT, 0));
            assertEquals(previous, status.source());
          }
        });
  }

  @RankTest
  void collectives() throws Exception {
    assumeGranted();
    Threads.run(
        THREADS,
        thread -> {
          Comm mine = own[thread];
          MemorySegment a = mpi.allocate(8L * size);
          MemorySegment b = mpi.allocate(8L * size);
          Request request = mine.newRequest();
          long ranks = (long) size * (size - 1) / 2;
          for (int round = 0; round < ROUNDS; round++) {
            long sum = 100_000 * ranks + (long) size * value(0, thread, round);
            a.set(JAVA_LONG, 0, value(rank, thread, round));
            mine.allreduce(a, 0, b, 0, 1, Datatype.LONG, Op.SUM);
            assertEquals(sum, b.get(JAVA_LONG, 0));
            b.set(JAVA_LONG, 0, -1);
            mine.iallreduce(a, 0, b, 0, 1, Datatype.LONG, Op.SUM, request);
            request.await(null);
            assertEquals(sum, b.get(JAVA_LONG, 0));
            int root = round % size;
            a.set(JAVA_INT, 0, rank == root ? value(rank, thread, round) : -1);
            mine.bcast(a, 0, 1, Datatype.INT, root);
            assertEquals(value(root, thread, round), a.get(JAVA_INT, 0));
            a.set(JAVA_INT, 0, value(rank, thread, round));
            mine.allgather(a, 0, b, 0, 1, Datatype.INT);
            for (int r = 0; r < size; r++) {
              assertEquals(value(r, thread, round), b.getAtIndex(JAVA_INT, r));
            }
            mine.barrier();
          }
        });
  }

  /** Objects that are made while others are. */
  @RankTest
  void typesAndOperationsOfEachThread() throws Exception {
    assumeGranted();
    Threads.run(
        THREADS,
        thread -> {
          MemorySegment a = mpi.allocate(64);
          MemorySegment b = mpi.allocate(64);
          for (int round = 0; round < ROUNDS; round++) {
            try (DerivedType every = mpi.types().vector(2, 1, 2, Datatype.INT).commit()) {
              a.set(JAVA_INT, 0, value(rank, thread, round));
              a.set(JAVA_INT, 8, thread);
              b.set(JAVA_INT, 4, -7);
              own[thread].sendrecv(a, 0, 1, next, b, 0, 1, previous, every, 0);
              assertEquals(value(previous, thread, round), b.get(JAVA_INT, 0));
              assertEquals(-7, b.get(JAVA_INT, 4));
              assertEquals(thread, b.get(JAVA_INT, 8));
            }
            try (UserOp most =
                mpi.createOp(
                    (in, inOut, count, type) -> {
                      for (long i = 0; i < count; i++) {
                        int two =
                            Math.max(in.getAtIndex(JAVA_INT, i), inOut.getAtIndex(JAVA_INT, i));
                        inOut.setAtIndex(JAVA_INT, i, two);
                      }
                    },
                    true)) {
              own[thread].allreduce(a, 0, b, 0, 1, Datatype.INT, most);
              assertEquals(value(size - 1, thread, round), b.get(JAVA_INT, 0));
            }
          }
        });
  }

  /** Threads stand in a collective that rank 0 enters only when others of all ranks are done. */
  @RankTest
  void aThreadThatWaitsHoldsNobodyUp() throws Exception {
    assumeGranted();
    Assumptions.assumeTrue(size > 1, "one rank waits for nobody");
    CountDownLatch done = new CountDownLatch(1);
    Threads.run(
        2,
        thread -> {
          MemorySegment a = mpi.allocate(8);
          MemorySegment b = mpi.allocate(8);
          assertFalse(mpi.isThreadMain());
          if (thread == 0) {
            if (rank == 0) {
              assertTrue(done.await(60, TimeUnit.SECONDS), "the other thread was held up");
            }
            a.set(JAVA_INT, 0, 1000 + rank);
            own[0].bcast(a, 0, 1, Datatype.INT, 0);
            assertEquals(1000, a.get(JAVA_INT, 0));
          } else {
            for (int round = 0; round < ROUNDS; round++) {
              a.set(JAVA_INT, 0, 1);
              own[1].allreduce(a, 0, b, 0, 1, Datatype.INT, Op.SUM);
              assertEquals(size, b.get(JAVA_INT, 0));
            }
            done.countDown();
          }
        });
  }
}
