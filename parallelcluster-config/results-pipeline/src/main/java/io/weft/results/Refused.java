package io.weft.results;

/**
 * What was read can never be worked on: trying again would not help. Its message is the reason, as
 * the dead-letter queue shows it.
 */
public final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  /** Reasons travel as message attributes, which are no place for a user's megabyte. */
  private static final int MOST_CHARACTERS = 500;

  /**
   * Refuses.
   *
   * @param reason what is wrong, in one sentence; control characters become spaces, and what is
   *     past 500 characters is left out
   */
  public Refused(String reason) {
    super(oneLine(reason));
  }

  private static String oneLine(String reason) {
    String line = reason.replaceAll("[\\p{Cntrl}\\p{Cs}]+", " ").strip();
    return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "...";
  }
}
