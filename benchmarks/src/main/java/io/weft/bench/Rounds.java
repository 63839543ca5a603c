package io.weft.bench;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import com.sun.management.ThreadMXBean;
import io.weft.comm.Communicator;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;

/** Times a loop on all ranks; what a round takes says how often it goes in the next one. */
final class Rounds {
  private static final int FEWEST = 20;
  private static final int ROUNDS = 6;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What is measured, so many times. */
  interface Loop {
    void run(long count);
  }

  private final Communicator comm;
  private final MemorySegment count;
  private double nanos;
  private double allocated;

  Rounds(Communicator comm) {
    this.comm = comm;
    this.count = comm.allocate(Long.BYTES);
  }

  /** Runs a loop of {@code seconds} in six rounds, of which the last counts. */
  void measure(Loop loop, double seconds, int fewest) {
    time(loop, fewest);
    for (int round = 0; round < ROUNDS; round++) {
      again(loop, seconds / ROUNDS, fewest);
    }
  }

  void measure(Loop loop, double seconds) {
    measure(loop, seconds, FEWEST);
  }

  /** One more round after one of the same loop took {@link #nanos}. */
  void again(Loop loop, double seconds, int fewest) {
    count.set(JAVA_LONG, 0, Math.max(fewest, (long) (seconds * 1e9 / nanos)));
    comm.bcast(count, 0, Long.BYTES, 0);
    time(loop, count.get(JAVA_LONG, 0));
  }

  void time(Loop loop, long times) {
    comm.barrier();
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
