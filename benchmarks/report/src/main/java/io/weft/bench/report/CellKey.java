package io.weft.bench.report;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is measured, over what: two cells of the same key in two files measure the same thing.
 *
 * @param benchmark a pattern's name, such as {@code PingPong}, or {@code Kernel}
 * @param parameters what else tells cells of a benchmark apart, such as {@code kernel=cg}; sorted,
 *     mostly empty
 * @param via the library, in the words of the command line: {@code mpi}, {@code libfabric}, {@code
 *     c-mpi}, {@code c-libfabric}, {@code openmpi-java}, {@code aeron}, {@code nio}, ...
 * @param network what was asked for: {@code efa}, {@code ena} or {@code shm}
 * @param bytes of a message, or of what each rank contributes to a collective; 0 where there are
 *     none
 * @param ranks how many
 */
public record CellKey(
    String benchmark,
    Map<String, String> parameters,
    String via,
    String network,
    long bytes,
    int ranks) {
  /** Sorts and copies the parameters. */
  public CellKey {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }
}
