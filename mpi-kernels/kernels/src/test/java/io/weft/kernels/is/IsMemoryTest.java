package io.weft.kernels.is;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.weft.kernels.LocalCommunicator;
import io.weft.kernels.Progress;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What ranks allocate, as the JVM counts it, against what the kernel says it takes. */
class IsMemoryTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** The communicator of these tests copies what it reduces: 4 KiB each time. */
  private static final long REDUCTIONS_BYTES = 16 * 5 * 1024;

  @Test
  void ranksAllocateNoMoreThanStatedAndLessTheMoreThereAre() {
    IsKernel kernel = new IsKernel();
    // What the first run allocates, but later ones do not, is the JVM's: classes, lambdas.
    allocatedBytes(kernel, 2);
    long previous = Long.MAX_VALUE;
    for (int ranks = 1; ranks <= 8; ranks *= 2) {
      long stated = kernel.memoryPerRankBytes("W", ranks);
      long largest = Collections.max(allocatedBytes(kernel, ranks));
      String what = ranks + " ranks: " + largest + " bytes allocated, " + stated + " stated";
      assertTrue(largest <= stated + REDUCTIONS_BYTES, what);
      assertTrue(largest >= 0.9 * stated, "the bound is close: " + what);
      if (ranks > 2) {
        // One rank keeps its keys; two hold what they send and get besides.
        assertTrue(largest < 0.7 * previous, "falls with ranks: " + what);
      }
      previous = largest;
    }
  }

  /** Heap by the JVM's count of the rank's thread, and the buffers of its communicator. */
  private static List<Long> allocatedBytes(IsKernel kernel, int ranks) {
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
