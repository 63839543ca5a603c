package io.weft.bench.report.document;

import io.weft.bench.report.CellKey;
import io.weft.bench.report.analysis.Analysis;
import io.weft.bench.report.analysis.CellStatistics;
import io.weft.bench.report.analysis.NetworkCrossover;
import io.weft.bench.report.analysis.Patterns;
import io.weft.bench.report.analysis.Ratio;
import io.weft.bench.report.analysis.RunCell;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The few sentences that a reader in a hurry takes away: latency of the shortest and bandwidth of
 * the longest messages over EFA and ENA, and where the curves of latency cross. Of Weft's own two
 * ways; what follows has the others.
 */
final class InShort {
  private static final List<String> WAYS = List.of("mpi", "libfabric");

  private final Analysis analysis;

  InShort(Analysis analysis) {
    this.analysis = analysis;
  }

  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    Comparator<Ratio> bySize = Comparator.comparingLong(ratio -> ratio.subject().key().bytes());
    for (String via : WAYS) {
      ratio(Patterns.PING_PONG, via, bySize).ifPresent(ratio -> sentences.add(sentence(ratio)));
      ratio(Patterns.BANDWIDTH, via, bySize.reversed())
          .ifPresent(ratio -> sentences.add(sentence(ratio)));
      crossover(via).ifPresent(crossover -> sentences.add(sentence(crossover)));
    }
    return sentences;
  }

  private Optional<Ratio> ratio(String benchmark, String via, Comparator<Ratio> order) {
    return analysis.ratios(Ratio.Kind.EFA_OVER_ENA).stream()
        .filter(ratio -> ratio.subject().key().benchmark().equals(benchmark))
        .filter(ratio -> ratio.subject().key().via().equals(via))
        .filter(ratio -> ratio.subject().key().bytes() > 0)
        .min(order);
  }

  private Optional<NetworkCrossover> crossover(String via) {
    return analysis.crossovers().stream()
        .filter(crossover -> crossover.efa().key().benchmark().equals(Patterns.PING_PONG))
        .filter(crossover -> crossover.efa().key().via().equals(via))
        .findFirst();
  }

  private String sentence(Ratio ratio) {
    CellKey key = ratio.subject().key();
    return "%s of %s through %s: %s over EFA, %s over ENA; time over EFA by time over ENA is %s."
        .formatted(
            Titles.of(key, ratio.view()),
            Numbers.bytes(key.bytes()),
            key.via(),
            value(ratio.subject()),
            value(ratio.baseline()),
            Numbers.of(ratio.estimate()));
  }

  /** As the charts show it. */
  private String value(RunCell cell) {
    CellStatistics shown =
        analysis.groups().stream()
            .flatMap(group -> group.views().getFirst().cells().stream())
            .filter(statistics -> statistics.cell().key().equals(cell.key()))
            .findFirst()
            .orElseThrow();
    return Numbers.of(shown.value().value()) + " " + shown.unit();
  }

  private static String sentence(NetworkCrossover crossover) {
    String what =
        "%s through %s: "
            .formatted(
                Titles.of(crossover.efa().key(), crossover.view()), crossover.efa().key().via());
    List<String> row = CrossoverBlock.row(crossover);
    return crossover.crossover().bytes().isEmpty()
        ? what + "the curves of EFA and ENA cross %s, from %s.".formatted(row.get(4), row.get(2))
        : what
            + "the curves of EFA and ENA cross at %s (interval %s); at first %s is faster."
                .formatted(row.get(4), row.get(5), row.get(3));
  }
}
