package io.weft.bench.report.analysis;

import io.weft.bench.report.AbsentCell;
import io.weft.bench.report.Environment;
import io.weft.bench.report.Method;
import java.util.List;

/**
 * Files that were measured on one machine in one way.
 *
 * @param files their names
 * @param created when each ended
 * @param environment the machine, with the caveats of all files
 * @param method how it was measured; the rounds are those of all files
 * @param cells what was measured
 * @param absent what was measured in none of them
 */
public record Run(
    List<String> files,
    List<String> created,
    Environment environment,
    Method method,
    List<RunCell> cells,
    List<AbsentCell> absent) {
  /** Copies the lists. */
  public Run {
    files = List.copyOf(files);
    created = List.copyOf(created);
    cells = List.copyOf(cells);
    absent = List.copyOf(absent);
  }
}
