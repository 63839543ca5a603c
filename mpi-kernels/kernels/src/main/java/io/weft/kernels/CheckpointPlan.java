package io.weft.kernels;

import java.nio.file.Path;

/**
 * Where, how often and whether from a checkpoint a kernel runs.
 *
 * @param directory holds the checkpoints of all runs, in a folder for each kernel, class and number
 *     of ranks; every rank must find there what it has written itself, so that a local disk does as
 *     well as a shared one
 * @param every a checkpoint after so many steps, but for the last; 0 for none
 * @param resume whether to continue from the newest whole checkpoint
 */
public record CheckpointPlan(Path directory, int every, boolean resume) {
  /** No checkpoints, and from the start. */
  public static final CheckpointPlan NONE = new CheckpointPlan(Path.of(""), 0, false);

  /** Checks. */
  public CheckpointPlan {
    if (every < 0) {
      throw new IllegalArgumentException("a checkpoint every " + every + " steps");
    }
  }

  /**
   * Whether the plan asks for anything.
   *
   * @return false for {@link #NONE} and the like
   */
  public boolean isUsed() {
    return every > 0 || resume;
  }
}
