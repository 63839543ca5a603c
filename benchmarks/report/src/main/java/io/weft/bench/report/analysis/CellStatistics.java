package io.weft.bench.report.analysis;

import io.weft.bench.report.Cell;
import io.weft.bench.report.statistics.Estimate;

/**
 * The median of a cell.
 *
 * @param cell of which
 * @param view of which rounds
 * @param iterations in all these rounds
 * @param nanos nanoseconds for an operation: the median of all iterations, with its interval
 */
public record CellStatistics(RunCell cell, CoreView view, int iterations, Estimate nanos) {
  /**
   * The median as it is read.
   *
   * @return in {@link #unit}
   */
  public Estimate value() {
    Cell of = cell.cell();
    return switch (of.quantity()) {
      case TIME -> nanos.times(cell.section() == Section.CALLS ? 1 : 1e-3);
      case BANDWIDTH -> nanos.dividing(of.perOperation());
      case RATE, SPEED -> nanos.dividing(of.perOperation() * 1e3);
    };
  }

  /**
   * The unit that a cell is read in.
   *
   * @return such as {@code GB/s}, of 10^9 bytes
   */
  public String unit() {
    return unit(cell);
  }

  /** The unit of a cell that has no statistics yet. */
  static String unit(RunCell cell) {
    return switch (cell.cell().quantity()) {
      case TIME -> cell.section() == Section.CALLS ? "ns" : "µs";
      case BANDWIDTH -> "GB/s";
      case RATE -> "million/s";
      case SPEED -> "Mop/s";
    };
  }
}
