package io.weft.bench.report;

import java.util.List;

/**
 * What {@code scripts/bench} writes and the report reads, as JSON with these names.
 *
 * @param format {@link #FORMAT}
 * @param version {@link #VERSION}
 * @param created when measuring ended, ISO 8601 in UTC
 * @param environment the machine
 * @param method how it was measured
 * @param cells what was found
 * @param absent what could not be filled, and why
 */
public record ResultFile(
    String format,
    int version,
    String created,
    Environment environment,
    Method method,
    List<Cell> cells,
    List<AbsentCell> absent) {
  /** What the first member says. */
  public static final String FORMAT = "weft-bench";

  /** The version that this class reads and writes. */
  public static final int VERSION = 1;

  /** Copies the lists. */
  public ResultFile {
    cells = List.copyOf(cells);
    absent = List.copyOf(absent);
  }
}
