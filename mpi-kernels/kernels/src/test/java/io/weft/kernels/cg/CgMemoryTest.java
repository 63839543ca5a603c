package io.weft.kernels.cg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.weft.kernels.LocalCommunicator;
import io.weft.kernels.Progress;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ranks allocate, as the JVM counts it, against what the kernel says it takes. */
class CgMemoryTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @ValueSource(strings = {"S", "W"})
  void ranksAllocateNoMoreThanStatedAndLessTheMoreThereAre(String problemClass) {
    CgKernel kernel = new CgKernel();
    // What the first run allocates, but later ones do not, is the JVM's: classes, lambdas.
    allocatedBytes(kernel, problemClass, 2);
    long previous = Long.MAX_VALUE;
    for (int ranks = 1; ranks <= 8; ranks *= 2) {
      long stated = kernel.memoryPerRankBytes(problemClass, ranks);
      long largest = 0;
      for (long allocated : allocatedBytes(kernel, problemClass, ranks)) {
        largest = Math.max(largest, allocated);
      }
      String what = ranks + " ranks: " + largest + " bytes allocated, " + stated + " stated";
      assertTrue(largest <= stated, what);
      assertTrue(stated - largest <= 32 * 1024, "the bound is close: " + what);
      assertTrue(largest < 0.7 * previous, "falls with ranks: " + what);
      previous = largest;
    }
  }

  @Test
  void statedMemoryFallsForEveryClass() {
    CgKernel kernel = new CgKernel();
    for (String problemClass : List.of("S", "W", "A", "B")) {
      long one = kernel.memoryPerRankBytes(problemClass, 1);
      for (int ranks = 2; ranks <= 16; ranks *= 2) {
        long stated = kernel.memoryPerRankBytes(problemClass, ranks);
        assertTrue(stated < 2.0 * one / ranks + 64 * 1024, problemClass + " on " + ranks);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void iterationsAllocateNothing(int ranks) {
    int iterations = 15;
    List<long[]> counts =
        LocalCommunicator.onEachRank(
            ranks,
            communicator -> {
              long[] allocated = new long[iterations + 1];
              new CgKernel()
                  .run(
                      communicator,
                      "S",
                      (phase, done, total) -> {
                        if (phase.equals("iteration")) {
                          allocated[(int) done] = THREADS.getCurrentThreadAllocatedBytes();
                        }
                      });
              return allocated;
            });
    for (long[] allocated : counts) {
      // The first reading brings in the management classes.
      for (int k = 3; k <= iterations; k++) {
        assertEquals(0, allocated[k] - allocated[k - 1], "bytes in iteration " + k);
      }
    }
  }

  /** Not even on two ranks, whose blocks are as high as the matrix. */
  @Test
  void noRankHoldsAWholeVector() {
    for (int ranks = 2; ranks <= 64; ranks *= 2) {
      for (int rank = 0; rank < ranks; rank++) {
        ProcessorGrid grid = ProcessorGrid.of(1399, ranks, rank);
        int longest = 1399 / grid.gridColumns() + 1;
        assertTrue(grid.columns() <= longest);
        assertTrue(GridProduct.bytes(grid) <= 2L * Double.BYTES * longest);
      }
    }
  }

  /** Heap by the JVM's count of the rank's thread, and the buffers of its communicator. */
  private static List<Long> allocatedBytes(CgKernel kernel, String problemClass, int ranks) {
    return LocalCommunicator.onEachRank(
        ranks,
        communicator -> {
          long before = THREADS.getCurrentThreadAllocatedBytes();
          kernel.run(communicator, problemClass, Progress.NONE);
          long after = THREADS.getCurrentThreadAllocatedBytes();
          return after - before + communicator.allocatedBytes();
        });
  }
}
