package io.weft.kernels.ep;

import io.weft.kernels.timed.Phase;

/** What the timed part's time is spent on. */
enum EpPhase implements Phase {
  /** Random numbers and deviates. */
  DEVIATES("deviates", false),
  /** Sums and counts over all ranks. */
  SUMS("sums over ranks", true);

  private final String label;
  private final boolean communication;

  EpPhase(String label, boolean communication) {
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
