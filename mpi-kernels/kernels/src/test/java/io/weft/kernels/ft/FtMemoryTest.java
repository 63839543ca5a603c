package io.weft.kernels.ft;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.weft.kernels.LocalCommunicator;
import io.weft.kernels.Progress;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ranks allocate, as the JVM counts it, against what the kernel says it takes. */
class FtMemoryTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /**
   * The communicator of these tests copies what it reduces: the points of seven checksums, and some
   * 60 times a few numbers, with a slice of each rank's.
   */
  private static final long REDUCTIONS_BYTES = 7 * 17 * 1024 + 60 * 512;

  /**
   * Loops over vectors allocate each vector until they are compiled, some 100 MB. These are no
   * arrays of the kernel's: what a run allocates is measured once they are.
   */
  private static void warmUp(FtKernel kernel) {
    for (int k = 0; k < 4; k++) {
      allocatedBytes(kernel, "W", 2);
      allocatedBytes(kernel, "W", 1);
    }
  }

  @Test
  void ranksAllocateNoMoreThanStatedAndLessTheMoreThereAre() {
    FtKernel kernel = new FtKernel();
    warmUp(kernel);
    long previous = Long.MAX_VALUE;
    for (int ranks = 1; ranks <= 8; ranks *= 2) {
      long stated = kernel.memoryPerRankBytes("W", ranks);
      long largest = Collections.max(allocatedBytes(kernel, "W", ranks));
      String what = ranks + " ranks: " + largest + " bytes allocated, " + stated + " stated";
      assertTrue(largest <= stated + REDUCTIONS_BYTES, what);
      assertTrue(largest >= 0.9 * stated, "the bound is close: " + what);
      assertTrue(largest < 0.7 * previous, "falls with ranks: " + what);
      previous = largest;
    }
  }

  @Test
  void statedMemoryFallsForEveryClass() {
    FtKernel kernel = new FtKernel();
    for (FtClass problem : FtClass.PUBLISHED) {
      long one = kernel.memoryPerRankBytes(problem.name(), 1);
      assertTrue(one >= 32 * problem.points(), "two complex fields");
      for (int ranks = 2; ranks <= 16; ranks *= 2) {
        long stated = kernel.memoryPerRankBytes(problem.name(), ranks);
        String what = problem.name() + " on " + ranks + ": " + stated;
        // Blocks in the cache, up to 512 KiB, are no smaller for it.
        assertTrue(stated < 2.0 * one / ranks + 576 * 1024, what);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void iterationsAllocateNothing(int ranks) {
    warmUp(new FtKernel());
    int iterations = 6;
    List<long[]> counts =
        LocalCommunicator.onEachRank(
            ranks,
            communicator -> {
              long[] allocated = new long[iterations + 1];
              new FtKernel()
                  .run(
                      communicator,
                      "W",
                      (phase, done, total) -> {
                        if (phase.equals("iteration")) {
                          allocated[(int) done] = THREADS.getCurrentThreadAllocatedBytes();
                        }
                      });
              return allocated;
            });
    // What the tests' communicator reduces it copies: 16 KiB and the array's header.
    long reduced = ranks == 1 ? 0 : 16 * 1024 + 16;
    for (long[] allocated : counts) {
      for (int k = 3; k <= iterations; k++) {
        long bytes = allocated[k] - allocated[k - 1];
        assertTrue(bytes >= reduced && bytes < reduced + 2048, bytes + " bytes in iteration " + k);
      }
    }
  }

  /** Heap by the JVM's count of the rank's thread, and the buffers of its communicator. */
  private static List<Long> allocatedBytes(FtKernel kernel, String problemClass, int ranks) {
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
