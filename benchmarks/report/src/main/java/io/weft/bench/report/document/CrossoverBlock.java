package io.weft.bench.report.document;

import io.weft.bench.report.analysis.NetworkCrossover;
import io.weft.bench.report.statistics.Crossover;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where EFA's and ENA's curves cross. */
final class CrossoverBlock {
  private static final double PERCENT = 100;

  private CrossoverBlock() {}

  static Table of(List<NetworkCrossover> crossovers) {
    return new Table(
        "Where the curves of EFA and ENA cross",
        List.of("pattern", "via", "sizes", "faster at first", "crosses at", "interval", "agreeing"),
        6,
        crossovers.stream().map(CrossoverBlock::row).toList());
  }

  /** The texts of a row, in the order of the columns. */
  static List<String> row(NetworkCrossover crossover) {
    Crossover found = crossover.crossover();
    return List.of(
        Titles.of(crossover.efa().key(), crossover.view()),
        crossover.efa().key().via(),
        Numbers.bytes(crossover.smallest()) + " to " + Numbers.bytes(crossover.largest()),
        leader(found.leader()),
        places(found),
        interval(crossover),
        agreement(found.agreement()));
  }

  private static String leader(int leader) {
    return leader < 0 ? "EFA" : leader > 0 ? "ENA" : "neither";
  }

  private static String places(Crossover found) {
    return switch (found.bytes().size()) {
      case 0 ->
          found.leader() == 0 ? "nowhere: equal" : "nowhere: " + leader(found.leader()) + " leads";
      case 1 -> Numbers.bytes(found.bytes().getFirst());
      default ->
          found.bytes().stream().map(Numbers::bytes).collect(Collectors.joining(", "))
              + " (several times)";
    };
  }

  private static String interval(NetworkCrossover crossover) {
    Crossover found = crossover.crossover();
    if (found.bytes().isEmpty()) {
      return "-";
    }
    String low =
        Double.isInfinite(found.low())
            ? "below " + Numbers.bytes(crossover.smallest())
            : Numbers.bytes(found.low());
    String high =
        Double.isInfinite(found.high())
            ? "above " + Numbers.bytes(crossover.largest())
            : Numbers.bytes(found.high());
    return low + " to " + high;
  }

  /** Never rounded up to certainty. */
  private static String agreement(double share) {
    double percent = Math.floor(share * PERCENT * 10) / 10;
    return String.format(Locale.ROOT, "%.1f%%", percent);
  }
}
