package io.weft.kernels;

import io.weft.comm.Communicator;
import java.util.List;

/**
 * A parallel program with a published answer. Weft's own are listed in {@link Kernels}; those of
 * other modules are found by {@link java.util.ServiceLoader}. A kernel has no state: one instance
 * may run any number of times. {@link io.weft.kernels.timed.TimedKernel} is what to extend.
 */
public interface Kernel {
  /**
   * The name that {@code weft run} takes.
   *
   * @return lower case, no blanks
   */
  String name();

  /**
   * What it computes, in one line.
   *
   * @return a sentence without its full stop
   */
  String summary();

  /**
   * How its ranks communicate, in one line.
   *
   * @return the pattern, without a full stop
   */
  String communication();

  /**
   * The numbers of ranks that it runs on.
   *
   * @return the rule
   */
  RankRule rankRule();

  /**
   * The problem classes, smallest first.
   *
   * @return at least one, names all different
   */
  List<? extends ProblemClass> classes();

  /**
   * What one rank holds in memory.
   *
   * @param problemClass the name of one of {@link #classes}
   * @param ranks a legal number of ranks
   * @return bytes of heap and buffers, an upper bound
   * @throws IllegalArgumentException if class or number of ranks is not legal
   */
  long memoryPerRankBytes(String problemClass, int ranks);

  /**
   * Modules of the JDK that the JVM of a rank needs beside those that it has by itself.
   *
   * @return what {@code --add-modules} takes; often none
   */
  default List<String> jvmModules() {
    return List.of();
  }

  /**
   * Runs it; collective. Communicates on {@code communicator} alone and leaves nothing in flight.
   *
   * @param communicator the ranks
   * @param problemClass the name of one of {@link #classes}
   * @param progress told how far it is
   * @return the result, complete and the same on every rank
   * @throws IllegalArgumentException on every rank, if class or number of ranks is not legal
   */
  KernelResult run(Communicator communicator, String problemClass, Progress progress);

  /**
   * Whether it can write checkpoints and continue from them; those that extend {@link
   * io.weft.kernels.timed.TimedKernel} then prepare a {@link io.weft.kernels.timed.SteppedPart}.
   *
   * @return false unless a kernel says otherwise
   */
  default boolean hasCheckpoints() {
    return false;
  }

  /**
   * Runs it with checkpoints; otherwise as {@link #run(Communicator, String, Progress)}.
   *
   * @param communicator the ranks
   * @param problemClass the name of one of {@link #classes}
   * @param progress told how far it is
   * @param plan which checkpoints to write, and whether to continue from one
   * @return the result; of a run that continued, the same answer, bit for bit
   * @throws IllegalArgumentException on every rank, if the plan asks for checkpoints that the
   *     kernel does not have
   * @throws CheckpointException on every rank if there is no whole checkpoint to continue from; on
   *     this one if it cannot write its part of one
   */
  default KernelResult run(
      Communicator communicator, String problemClass, Progress progress, CheckpointPlan plan) {
    Kernels.checkCheckpoints(this, plan);
    return run(communicator, problemClass, progress);
  }
}
