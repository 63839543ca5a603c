package io.weft.bench.driver;

import io.weft.bench.report.Found;
import io.weft.bench.report.Percentiles;
import java.util.List;
import org.openjdk.jmh.results.RunResult;

/**
 * What one fork brought.
 *
 * @param absent why the cell cannot be filled here; null if it can
 * @param nanos per operation, one for each iteration that counts
 * @param percentiles of single operations, or null
 * @param allocatedBytes per operation
 * @param checksum of what was received
 * @param operations arithmetic ones of a kernel's run; 0 of anything else
 * @param found what carried the messages
 * @param jmh JMH's own result; null of programs in C
 */
record Forked(
    String absent,
    List<Double> nanos,
    Percentiles percentiles,
    double allocatedBytes,
    String checksum,
    double operations,
    Found found,
    RunResult jmh) {
  static Forked absent(String reason) {
    return new Forked(reason, List.of(), null, 0, "", 0, null, null);
  }
}
