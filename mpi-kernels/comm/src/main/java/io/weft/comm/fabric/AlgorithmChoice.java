package io.weft.comm.fabric;

import io.weft.comm.Algorithm;
import io.weft.comm.Collective;
import java.util.List;
import java.util.Map;

/**
 * The algorithms of one group's collectives by length: the one that is asked for, where it runs on
 * the group's number of ranks, else the table's. Immutable; every rank of the group has the same.
 */
final class AlgorithmChoice {
  private final long[][] lengths = new long[Collective.values().length][];
  private final Algorithm[][] algorithms = new Algorithm[Collective.values().length][];

  AlgorithmChoice(
      AlgorithmTable table, AlgorithmTable.Kind kind, int ranks, Map<Collective, Algorithm> asked) {
    for (Collective collective : Collective.values()) {
      Algorithm named = asked.get(collective);
      List<AlgorithmTable.Row> rows =
          named != null && collective.allows(named, ranks)
              ? List.of(new AlgorithmTable.Row(0, named))
              : table.find(kind, collective, ranks);
      lengths[collective.ordinal()] = rows.stream().mapToLong(AlgorithmTable.Row::bytes).toArray();
      algorithms[collective.ordinal()] =
          rows.stream().map(AlgorithmTable.Row::algorithm).toArray(Algorithm[]::new);
    }
  }

  /** The algorithm for a length; see {@link Collective} for which length that is. */
  Algorithm of(Collective collective, long bytes) {
    long[] from = lengths[collective.ordinal()];
    int row = from.length - 1;
    while (from[row] > bytes) {
      row--;
    }
    return algorithms[collective.ordinal()][row];
  }
}
