package io.weft.kernels.mg;

import io.weft.kernels.timed.Phase;

/** What the timed part's time is spent on. */
enum MgPhase implements Phase {
  /** Right-hand side less the operator's image. */
  RESIDUAL("residual", false),
  /** The smoother. */
  SMOOTH("smoothing", false),
  /** From a grid to the next coarser one. */
  RESTRICT("restriction", false),
  /** From a grid to the next finer one. */
  INTERPOLATE("interpolation", false),
  /** Copying outer planes out of the field, and starting their messages. */
  PACK("packing halos", true),
  /** Waiting for the neighbours' planes. */
  WAIT("waiting for halos", true),
  /** Copying them into the field. */
  COPY("unpacking halos", true),
  /** Of the first grid that every rank has whole. */
  GATHER("gather of the coarse grid", true),
  /** Squares of the residual. */
  SQUARES("squares", false),
  /** Their sum over all ranks. */
  SUM("sum over ranks", true);

  private final String label;
  private final boolean communication;

  MgPhase(String label, boolean communication) {
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
