package io.weft.bench.report.analysis;

import io.weft.bench.report.statistics.Estimate;

/**
 * Two cells of one run compared.
 *
 * @param kind what is compared, and how
 * @param subject the cell in question
 * @param baseline what it is held against
 * @param view of which rounds
 * @param estimate the ratio with its interval
 * @param paired whether it rests on rounds that both have; else rounds are drawn for each alone
 */
public record Ratio(
    Kind kind,
    RunCell subject,
    RunCell baseline,
    CoreView view,
    Estimate estimate,
    boolean paired) {
  /** What is compared. */
  public enum Kind {
    /** Time over EFA by time over ENA: below 1 EFA is faster. */
    EFA_OVER_ENA("efa-over-ena"),
    /** Time in Java by time in C: above 1 Java costs something. */
    JAVA_OVER_C("java-over-c"),
    /** Speed on several ranks by speed on one: as many as there are ranks would be perfect. */
    SPEED_UP("speed-up");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  /**
   * Whether the interval holds 1, so that no difference is shown.
   *
   * @return whether
   */
  public boolean isOpen() {
    return estimate.low() <= 1 && estimate.high() >= 1;
  }
}
