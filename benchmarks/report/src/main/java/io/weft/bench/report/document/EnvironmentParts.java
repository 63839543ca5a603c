package io.weft.bench.report.document;

import io.weft.bench.report.AbsentCell;
import io.weft.bench.report.Environment;
import io.weft.bench.report.Found;
import io.weft.bench.report.Method;
import io.weft.bench.report.analysis.Analysis;
import io.weft.bench.report.analysis.Run;
import io.weft.bench.report.analysis.RunCell;
import io.weft.bench.report.analysis.Vias;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a run was measured on, with what, how, and what is missing. */
final class EnvironmentParts {
  private static final double GIB = 1 << 30;

  private EnvironmentParts() {}

  static Table absent(Run run) {
    record Head(String what, String via, String network, String reason) {}
    Map<Head, Set<Long>> sizes = new LinkedHashMap<>();
    Map<Head, Set<Integer>> ranks = new LinkedHashMap<>();
    for (AbsentCell cell : run.absent()) {
      Head head =
          new Head(Titles.what(cell.key()), cell.key().via(), cell.key().network(), cell.reason());
      sizes.computeIfAbsent(head, k -> new TreeSet<>()).add(cell.key().bytes());
      ranks.computeIfAbsent(head, k -> new TreeSet<>()).add(cell.key().ranks());
    }
    List<List<String>> rows = new ArrayList<>();
    sizes.forEach(
        (head, of) ->
            rows.add(
                List.of(
                    head.what(),
                    head.via(),
                    head.network(),
                    String.join(", ", of.stream().map(Titles::size).toList()),
                    String.join(", ", ranks.get(head).stream().map(String::valueOf).toList()),
                    head.reason())));
    return new Table(
        "Cells that could not be filled",
        List.of("pattern", "via", "network asked", "sizes", "ranks", "reason"),
        6,
        rows);
  }

  static List<Block> environment(Analysis analysis) {
    Run run = analysis.run();
    return List.of(machine(run), found(run), vias(run), method(run.method(), run.files().size()));
  }

  private static Table machine(Run run) {
    Environment of = run.environment();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("files", String.join(", ", run.files())));
    rows.add(List.of("measured", String.join(", ", run.created())));
    rows.add(List.of("host", of.host()));
    rows.add(List.of("instance", of.instance()));
    rows.add(List.of("processor", of.processor()));
    rows.add(List.of("cores", Integer.toString(of.cores())));
    rows.add(List.of("memory", Numbers.of(of.memoryBytes() / GIB) + " GiB"));
    rows.add(List.of("kernel", of.kernel()));
    rows.add(List.of("clock governor", of.governor()));
    rows.add(List.of("Java", of.java()));
    rows.add(List.of("Weft", of.weft()));
    of.libraries().forEach((name, version) -> rows.add(List.of(name, version)));
    return new Table("Machine and software", List.of("what", "found"), 2, rows);
  }

  /** What carried the messages, as read back. */
  private static Table found(Run run) {
    Set<List<String>> rows = new LinkedHashSet<>();
    run.cells().stream()
        .sorted(
            Comparator.comparingInt((RunCell cell) -> Vias.order(cell.key().via()))
                .thenComparing(cell -> cell.key().network())
                .thenComparing(RunCell::network))
        .forEach(
            cell -> {
              Found found = cell.cell().found();
              rows.add(
                  List.of(
                      cell.key().via(),
                      cell.key().network(),
                      found.network(),
                      found.library(),
                      found.provider(),
                      found.protocol(),
                      found.device(),
                      Integer.toString(found.hosts())));
            });
    return new Table(
        "Networks asked for and found",
        List.of("via", "asked", "found", "library", "provider", "protocol", "device", "hosts"),
        7,
        List.copyOf(rows));
  }

  private static Table vias(Run run) {
    List<List<String>> rows =
        run.cells().stream()
            .map(cell -> cell.key().via())
            .distinct()
            .sorted(Comparator.comparingInt(Vias::order).thenComparing(via -> via))
            .map(via -> List.of(via, Vias.meaning(via)))
            .toList();
    return new Table("Ways that messages went", List.of("via", "meaning"), 2, rows);
  }

  private static Table method(Method of, int files) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("rounds", "%d; in each, every cell is a job of its own".formatted(of.rounds())));
    if (files == 1) {
      rows.add(List.of("order within rounds", "shuffled, seed " + of.seed()));
    }
    rows.add(
        List.of(
            "warm-up",
            "%d iterations in each job, of %s s"
                .formatted(of.warmups(), Numbers.plain(of.warmupSeconds()))));
    rows.add(
        List.of(
            "iterations",
            "%d in each job, of %s s"
                .formatted(of.iterations(), Numbers.plain(of.iterationSeconds()))));
    rows.add(
        List.of(
            "ranks",
            of.pinned()
                ? "each bound to a core of its own, where there are enough"
                : "not bound to cores"));
    return new Table("Method", List.of("what", "how"), 2, rows);
  }
}
