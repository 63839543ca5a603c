package io.weft.kernels.ft;

import io.weft.kernels.timed.Phase;

/** What the timed part's time is spent on. */
enum FtPhase implements Phase {
  /** Roots of unity and the random initial condition, which the benchmark times too. */
  INITIAL("initial condition", false),
  /** Products with the factors of a step in time, into the cache. */
  EVOLVE("evolution", false),
  /** Transforms along x. */
  FFT_X("transforms in x", false),
  /** Transforms along y. */
  FFT_Y("transforms in y", false),
  /** Transforms along z. */
  FFT_Z("transforms in z", false),
  /** Copying between arrays and message buffers. */
  PACK("pack and unpack", true),
  /** Starting messages and waiting for them. */
  ALL_TO_ALL("all-to-all", true),
  /** Points of the checksum, found, exchanged and added up. */
  CHECKSUM("checksum", true);

  private final String label;
  private final boolean communication;

  FtPhase(String label, boolean communication) {
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
