package io.weft.cli.spool;

/**
 * How a run or its job ended without a result.
 *
 * @param state a word in capitals, as Slurm names states of jobs: {@code FAILED}, {@code TIMEOUT},
 *     {@code CANCELLED}, {@code NODE_FAIL}, {@code INTERRUPTED}, ...
 * @param exitCode the status it ended with; -1 if nobody knows
 * @param reason a sentence for people
 */
public record RunEnd(String state, int exitCode, String reason) {
  /** What a failed run is called if nobody knows more. */
  public static final String FAILED = "FAILED";

  /** What a job's state is called until somebody has asked the scheduler. */
  static final String UNKNOWN = "UNKNOWN";

  private static final int MOST_CHARACTERS = 40;

  /**
   * Refuses states that are no words.
   *
   * @throws IllegalArgumentException that says so
   */
  public RunEnd {
    if (!state.matches("[A-Z][A-Z_]{0," + (MOST_CHARACTERS - 1) + "}")) {
      throw new IllegalArgumentException(
          "the state '" + state + "' is no word in capitals such as FAILED or TIMEOUT");
    }
  }
}
