package io.weft.kernels.jacobi2d;

import io.weft.kernels.timed.Phase;

/** What the timed part's time is spent on. */
enum HeatPhase implements Phase {
  /** The scheme's loop. */
  STEP("step", false),
  /** Copying outer lines out of the field, and starting their messages. */
  PACK("packing halos", true),
  /** Waiting for the neighbours' lines. */
  WAIT("waiting for halos", true),
  /** Copying them into the field. */
  COPY("unpacking halos", true);

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
