package io.weft.kernels;

import io.weft.comm.Communicator;
import java.util.List;

/**
 * A parallel program with a published answer. Implementations are found by {@link
 * java.util.ServiceLoader} and have no state: one instance may run any number of times.
 */
public interface Kernel {
  /**
   * The name that {@code weft run} takes.
   *
   * @return lower case, no blanks
   */
  String name();

  /**
   * What it computes and how it communicates, in one line.
   *
   * @return a sentence without its full stop
   */
  String summary();

  /**
   * The problem classes, smallest first.
   *
   * @return names such as {@code S}
   */
  List<String> problemClasses();

  /**
   * Says why a number of ranks cannot run this kernel.
   *
   * @param ranks at least 1
   * @return null if it can, else the rule that it breaks, such as {@code "a power of two"}
   */
  String rankRule(int ranks);

  /**
   * What one rank holds in memory.
   *
   * @param problemClass one of {@link #problemClasses}
   * @param ranks a legal number of ranks
   * @return bytes of heap and buffers, an upper bound
   */
  long memoryPerRankBytes(String problemClass, int ranks);

  /**
   * Runs it; collective. Communicates on {@code communicator} alone and leaves nothing in flight.
   *
   * @param communicator the ranks
   * @param problemClass one of {@link #problemClasses}
   * @param progress told of every iteration
   * @return the result, complete on every rank
   */
  KernelResult run(Communicator communicator, String problemClass, Progress progress);
}
