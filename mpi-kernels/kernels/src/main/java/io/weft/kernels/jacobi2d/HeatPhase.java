package io.weft.kernels.jacobi2d;

import io.weft.kernels.timed.Phase;

/** What the timed part's time is spent on. */
enum HeatPhase implements Phase {
  /** The scheme's loop. */
  STEP("step", false),
  /** Packing, starting and awaiting rows of neighbours. */
  HALO("halo exchange", true);

  private final String label;
  private final boolean communication;

  HeatPhase(String label, boolean communication) {
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
