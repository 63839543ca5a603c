package io.weft.kernels;

/** The numbers of ranks that a kernel's decomposition allows. */
public enum RankRule {
  /** Every number. */
  ANY("any number") {
    @Override
    boolean fits(int ranks) {
      return true;
    }
  },
  /** 1, 2, 4, 8 and so on. */
  POWER_OF_TWO("a power of two") {
    @Override
    boolean fits(int ranks) {
      return Integer.bitCount(ranks) == 1;
    }
  };

  private final String words;

  RankRule(String words) {
    this.words = words;
  }

  /** Whether a positive number is one of them. */
  abstract boolean fits(int ranks);

  /**
   * Says whether a kernel with this rule runs on a number of ranks.
   *
   * @param ranks any number
   * @return false for numbers below 1
   */
  public boolean allows(int ranks) {
    return ranks > 0 && fits(ranks);
  }

  /**
   * The rule in words.
   *
   * @return what completes "runs on ... of ranks", such as {@code "a power of two"}
   */
  @Override
  public String toString() {
    return words;
  }
}
