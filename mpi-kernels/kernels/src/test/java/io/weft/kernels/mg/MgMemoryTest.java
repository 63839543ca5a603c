package io.weft.kernels.mg;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.weft.kernels.LocalCommunicator;
import io.weft.kernels.Progress;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What ranks allocate, as the JVM counts it, against what the kernel says it takes. */
class MgMemoryTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Requests and reductions of the communicator of these tests, lambdas of sweeps, pages begun. */
  private static final long SMALL_BYTES = 400 * 1024;

  @Test
  void ranksAllocateNoMoreThanStatedAndLessTheMoreThereAre() {
    MgKernel kernel = new MgKernel();
    // What the first run allocates, but later ones do not, is the JVM's: classes, lambdas.
    allocatedBytes(kernel, 2);
    long previous = Long.MAX_VALUE;
    for (int ranks = 1; ranks <= 8; ranks *= 2) {
      long stated = kernel.memoryPerRankBytes("W", ranks);
      long largest = Collections.max(allocatedBytes(kernel, ranks));
      String what = ranks + " ranks: " + largest + " bytes allocated, " + stated + " stated";
      assertTrue(largest <= stated + SMALL_BYTES, what);
      assertTrue(largest >= 0.95 * stated, "the bound is close: " + what);
      assertTrue(largest < 0.6 * previous, "falls with ranks: " + what);
      previous = largest;
    }
  }

  /** Heap by the JVM's count of the rank's thread, and the buffers of its communicator. */
  private static List<Long> allocatedBytes(MgKernel kernel, int ranks) {
    return LocalCommunicator.onEachRank(
        ranks,
        communicator -> {
          long before = THREADS.getCurrentThreadAllocatedBytes();
          kernel.run(communicator, "W", Progress.NONE);
          long after = THREADS.getCurrentThreadAllocatedBytes();
          return after - before + communicator.allocatedBytes();
        });
  }
}
