package io.weft.bench.series;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import com.sun.management.ThreadMXBean;
import io.weft.comm.Communicator;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;

/** Times a loop on all ranks; what a round takes says how often it goes in the next one. */
final class Rounds {
  private static final int ROUNDS = 6;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Those that measure together. */
  interface Ranks {
    /** Waits for all. */
    void barrier();

    /** What rank 0 gave, on each. */
    long agree(long value);
  }

  /** What is measured, so many times. */
  interface Loop {
    void run(long count);
  }

  private final Ranks ranks;
  private double nanos;
  private double allocated;

  Rounds(Ranks ranks) {
    this.ranks = ranks;
  }

  /** The ranks of a communicator. */
  static Ranks of(Communicator comm) {
    MemorySegment word = comm.allocate(Long.BYTES);
    return new Ranks() {
      @Override
      public void barrier() {
        comm.barrier();
      }

      @Override
      public long agree(long value) {
        word.set(JAVA_LONG, 0, value);
        comm.bcast(word, 0, Long.BYTES, 0);
        return word.get(JAVA_LONG, 0);
      }
    };
  }

  /**
   * Runs a loop in rounds until five sixths of {@code seconds} have passed on rank 0, then in one
   * that counts. Not in a fixed number of rounds: while the JVM interprets, a round is planned for
   * the pace of the one before and is over too soon, and what counted would not be warm.
   */
  void measure(Loop loop, double seconds, int fewest) {
    time(loop, fewest);
    double round = seconds / ROUNDS;
    long start = System.nanoTime();
    boolean counted = false;
    while (!counted) {
      boolean warm = (System.nanoTime() - start) * 1e-9 >= seconds - round;
      counted = again(loop, round, fewest, warm);
    }
  }

  /** One more round after one of the same loop took {@link #nanos}. */
  void again(Loop loop, double seconds, int fewest) {
    again(loop, seconds, fewest, true);
  }

  /** The same; says of all ranks whether rank 0 says that it is the last. */
  private boolean again(Loop loop, double seconds, int fewest, boolean last) {
    long times = Math.max(1, (long) (seconds * 1e9 / nanos) / fewest) * fewest;
    long agreed = ranks.agree(last ? -times : times);
    time(loop, Math.abs(agreed));
    return agreed < 0;
  }

  void time(Loop loop, long times) {
    ranks.barrier();
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    loop.run(times);
    nanos = (double) (System.nanoTime() - start) / times;
    allocated = (double) (THREADS.getCurrentThreadAllocatedBytes() - bytes) / times;
  }

  /** What one took in the last round. */
  double nanos() {
    return nanos;
  }

  /** Bytes on the Java heap that one allocated in the last round. */
  double allocated() {
    return allocated;
  }

  /** Sets {@link #nanos} to what an earlier round of the next loop took. */
  void expect(double earlier) {
    nanos = earlier;
  }
}
