package io.weft.cli.doctor;

/**
 * One thing that was looked at.
 *
 * @param subject what, in one or two words
 * @param severity how much it matters
 * @param why what was found, in one line
 * @param toDo what to do about it, in one line; empty only where nothing is to be done
 */
public record Finding(String subject, Severity severity, String why, String toDo) {
  /** Refuses what would not be one line each, and a complaint without advice. */
  public Finding {
    if (subject.isBlank() || why.isBlank() || severity != Severity.OK && toDo.isBlank()) {
      throw new IllegalArgumentException(
          "a finding says what and why, and if it is not ok what to do: " + subject + ", " + why);
    }
    why = oneLine(why);
    toDo = oneLine(toDo);
  }

  /**
   * As it should be.
   *
   * @param subject what
   * @param why what was found
   * @return the finding
   */
  public static Finding ok(String subject, String why) {
    return new Finding(subject, Severity.OK, why, "");
  }

  /**
   * As it should be, with what to know about it.
   *
   * @param subject what
   * @param why what was found
   * @param toDo what it is good for
   * @return the finding
   */
  public static Finding ok(String subject, String why, String toDo) {
    return new Finding(subject, Severity.OK, why, toDo);
  }

  /**
   * Slower or with a risk.
   *
   * @param subject what
   * @param why what was found
   * @param toDo what to do
   * @return the finding
   */
  public static Finding warning(String subject, String why, String toDo) {
    return new Finding(subject, Severity.WARNING, why, toDo);
  }

  /**
   * Runs fail.
   *
   * @param subject what
   * @param why what was found
   * @param toDo what to do
   * @return the finding
   */
  public static Finding error(String subject, String why, String toDo) {
    return new Finding(subject, Severity.ERROR, why, toDo);
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
