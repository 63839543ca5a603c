package io.weft.kernels.is;

import io.weft.kernels.timed.Phase;

/** What the timed part's time is spent on. */
enum IsPhase implements Phase {
  /** Counting keys by bucket and putting them there. */
  BUCKETS("keys into buckets", false),
  /** Sizes of all buckets, and how many keys each rank gets from each. */
  SIZES("bucket sizes", true),
  /** Keys to the ranks that rank them. */
  KEYS("keys to their ranks", true),
  /** Counting keys by value. */
  RANKING("ranking", false);

  private final String label;
  private final boolean communication;

  IsPhase(String label, boolean communication) {
    this.label = label;
    this.communication = communication;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public boolean communication() {
    return communication;
  }
}
