package io.weft.bench.report.analysis;

import io.weft.bench.report.Environment;
import io.weft.bench.report.Round;
import io.weft.bench.report.statistics.Estimate;
import io.weft.bench.report.statistics.Medians;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a reader must know of a run before its numbers: what it says itself, and what they show. */
final class Caveats {
  /** A machine whose rounds differ by more was doing something else besides. */
  private static final double DRIFT = 0.10;

  /** Of fewer cells the noise of one may be taken for the machine's. */
  private static final int CELLS_FOR_DRIFT = 5;

  private final Run run;
  private final List<Group> groups;
  private final List<String> all = new ArrayList<>();

  Caveats(Run run, List<Group> groups) {
    this.run = run;
    this.groups = groups;
    all.addAll(run.environment().caveats());
    addNetworks();
    addMachine();
    addRounds();
    addIntervals();
    addCoreModes();
    addDrift();
    addChecksums();
  }

  List<String> all() {
    return all;
  }

  private void addNetworks() {
    if (run.cells().stream().noneMatch(cell -> cell.section() == Section.HARDWARE)) {
      all.add(
          "Nothing here crossed an EFA or an ENA card: this report does not say what EFA brings.");
    }
    Map<String, Integer> elsewhere = new TreeMap<>();
    for (RunCell cell : run.cells()) {
      if (cell.section() == Section.ELSEWHERE) {
        elsewhere.merge(cell.network(), 1, Integer::sum);
      }
    }
    elsewhere.forEach(
        (network, cells) -> {
          String found = "%s crossed %s".formatted(count(cells, "cell"), network);
          if (network.contains("emulated")) {
            all.add(
                found
                    + ": the EFA device is software, and its times say nothing about EFA. They have"
                    + " a section of their own.");
          } else if (network.contains("tcp")) {
            all.add(
                found
                    + ": TCP that is not on an ENA card, and no measure of ENA. They have a section"
                    + " of their own.");
          } else {
            all.add(found + ": neither EFA nor ENA. They have a section of their own.");
          }
        });
  }

  private void addMachine() {
    Environment machine = run.environment();
    long crowded =
        run.cells().stream()
            .filter(c -> c.key().ranks() > c.cell().found().hosts() * machine.cores())
            .count();
    if (crowded > 0) {
      all.add(
          "%s had more ranks than processor cores: such times say how ranks take turns."
              .formatted(count(crowded, "cell")));
    }
    if (!run.method().pinned()) {
      all.add("Ranks were not bound to cores.");
    }
    if (!machine.governor().equals("performance")) {
      all.add(
          "The processor's clock is governed by \"%s\", and may have changed meanwhile."
              .formatted(machine.governor()));
    }
  }

  private void addRounds() {
    if (run.method().rounds() < Estimate.ENOUGH_ROUNDS) {
      all.add(
          ("Few rounds: no interval from %d holds the median with 99%% confidence whatever the"
                  + " distribution; that takes %d.")
              .formatted(run.method().rounds(), Estimate.ENOUGH_ROUNDS));
    }
    long lacking =
        run.cells().stream().filter(c -> c.rounds().size() < run.method().rounds()).count();
    if (lacking > 0) {
      all.add(
          "%s of %d brought fewer rounds than the %d that were planned."
              .formatted(count(lacking, "cell"), run.cells().size(), run.method().rounds()));
    }
  }

  private void addIntervals() {
    List<CellStatistics> shown =
        groups.stream().flatMap(g -> g.views().stream()).flatMap(v -> v.cells().stream()).toList();
    long wide = shown.stream().filter(cell -> cell.nanos().isWide()).count();
    if (wide > 0) {
      all.add(
          "%d of %d medians have an interval wider than 10%% of the median; they are marked *."
              .formatted(wide, shown.size()));
    }
  }

  private void addCoreModes() {
    Set<String> modes =
        run.cells().stream()
            .flatMap(cell -> cell.rounds().stream())
            .map(round -> round.round().cores())
            .collect(Collectors.toCollection(TreeSet::new));
    if (modes.size() < 2) {
      return;
    }
    String counts =
        modes.stream()
            .map(mode -> mode + " " + rounds(mode::equals))
            .collect(Collectors.joining(", "));
    long mixed = groups.stream().filter(g -> g.views().getFirst().mode().mixed()).count();
    all.add(
        "The pairing of the processor's cores changed between rounds (%s). What is compared is taken"
                .formatted(counts)
            + " of rounds of one mode where all its cells have such, and says which"
            + (mixed == 0
                ? "."
                : "; %s could not be, and %s."
                    .formatted(count(mixed, "group"), mixed == 1 ? "mixes them" : "mix them")));
  }

  private long rounds(Predicate<String> ofMode) {
    return run.cells().stream()
        .flatMap(cell -> cell.rounds().stream())
        .filter(round -> ofMode.test(round.round().cores()))
        .count();
  }

  /**
   * Each round's median against its cell's, over all cells: what the machine did to all of them.
   */
  private void addDrift() {
    Map<String, List<Double>> byRound = new LinkedHashMap<>();
    for (RunCell cell : run.cells()) {
      if (cell.rounds().stream().map(r -> r.round().cores()).distinct().count() > 1) {
        continue; // That is no drift but another pairing of cores.
      }
      double[] medians =
          Medians.ofEach(cell.rounds().stream().map(RunRound::nanos).toArray(double[][]::new));
      double median = Medians.of(medians);
      for (int i = 0; i < medians.length; i++) {
        RunRound round = cell.rounds().get(i);
        byRound
            .computeIfAbsent(round.file() + "." + round.round().round(), k -> new ArrayList<>())
            .add(medians[i] / median);
      }
    }
    List<Double> rounds =
        byRound.values().stream()
            .map(of -> Medians.of(of.stream().mapToDouble(Double::doubleValue).toArray()))
            .sorted()
            .toList();
    if (run.cells().size() >= CELLS_FOR_DRIFT
        && rounds.size() > 1
        && rounds.getLast() - rounds.getFirst() > DRIFT) {
      all.add(
          ("The machine was not the same throughout: over all cells, rounds took from %.2f to %.2f"
                  + " times their medians. Ratios are of cells of the same rounds.")
              .formatted(rounds.getFirst(), rounds.getLast()));
    }
  }

  private void addChecksums() {
    Map<String, Set<String>> sums = new TreeMap<>();
    for (RunCell cell : run.cells()) {
      String what =
          "%s of %d bytes on %d ranks"
              .formatted(
                  Patterns.title(cell.key().benchmark())
                      + (cell.key().parameters().isEmpty() ? "" : " " + cell.key().parameters()),
                  cell.key().bytes(),
                  cell.key().ranks());
      cell.rounds().stream()
          .map(RunRound::round)
          .map(Round::checksum)
          .filter(sum -> !sum.isBlank())
          .forEach(sum -> sums.computeIfAbsent(what, k -> new TreeSet<>()).add(sum));
    }
    sums.values().removeIf(of -> of.size() < 2);
    if (!sums.isEmpty()) {
      all.add(
          "Not every way brought the same bytes (checksums differ): %s."
              .formatted(String.join("; ", sums.keySet())));
    }
  }

  private static String count(long number, String what) {
    return number == 1 ? "1 " + what : number + " " + what + "s";
  }
}
