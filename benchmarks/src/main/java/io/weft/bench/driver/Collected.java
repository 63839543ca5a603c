package io.weft.bench.driver;

import io.weft.bench.peer.ExpectedSum;
import io.weft.bench.peer.Pattern;
import io.weft.bench.report.AbsentCell;
import io.weft.bench.report.Cell;
import io.weft.bench.report.CellKey;
import io.weft.bench.report.Found;
import io.weft.bench.report.Quantity;
import io.weft.bench.report.Round;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;

/** What all forks brought, by cell. */
final class Collected {
  private static final java.util.regex.Pattern TELLING =
      java.util.regex.Pattern.compile(
          "--deadline|Exception|Error|ERROR|signal [0-9]|status [0-9]|other bytes|crossed");

  private final Map<CellPlan, List<Round>> rounds = new LinkedHashMap<>();
  private final Map<CellPlan, Forked> last = new LinkedHashMap<>();
  private final Map<CellPlan, List<RunResult>> jmh = new LinkedHashMap<>();
  private final Map<CellKey, String> absent = new LinkedHashMap<>();
  private final Map<String, String> checksums = new LinkedHashMap<>();
  private final Map<CellPlan, String> failed = new LinkedHashMap<>();

  /** Says whether nothing more is to be expected of a cell. */
  boolean isOver(CellPlan cell) {
    return absent.containsKey(cell.key()) || failed.containsKey(cell);
  }

  void absent(CellKey key, String reason) {
    absent.put(key, reason);
  }

  void failed(CellPlan cell, String message) {
    failed.put(cell, message);
    absent.put(cell.key(), "failed: " + summary(message));
    rounds.remove(cell);
    jmh.remove(cell);
  }

  /** The first line that says what went wrong, past what JMH says of any fork. */
  private static String summary(String message) {
    return message
        .lines()
        .filter(line -> TELLING.matcher(line).find())
        .findFirst()
        .orElse("the fork ended early; scripts/bench printed what it said")
        .strip();
  }

  Map<CellPlan, String> failures() {
    return failed;
  }

  /** Adds a fork; fails where it brought other bytes than it should. */
  void add(CellPlan cell, int round, String cores, Forked fork) throws FailedFork {
    // fi_pingpong sends what it likes.
    if (cell.pattern() != null && !fork.checksum().isEmpty()) {
      String right = checksum(cell);
      if (!right.equals(fork.checksum())) {
        throw new FailedFork(
            "it brought other bytes (checksum %s) than the pattern's rule says (%s)"
                .formatted(fork.checksum(), right));
      }
    }
    Forked before = last.put(cell, fork);
    if (before != null && !before.found().network().equals(fork.found().network())) {
      throw new FailedFork(
          "messages crossed %s in an earlier round, and %s in this one"
              .formatted(before.found().network(), fork.found().network()));
    }
    rounds
        .computeIfAbsent(cell, key -> new ArrayList<>())
        .add(
            new Round(
                round,
                cores,
                fork.nanos(),
                fork.percentiles(),
                fork.allocatedBytes(),
                fork.checksum()));
    if (fork.jmh() != null) {
      jmh.computeIfAbsent(cell, key -> new ArrayList<>()).add(fork.jmh());
    }
  }

  private String checksum(CellPlan cell) {
    long bytes = cell.key().bytes();
    int ranks = cell.key().ranks();
    return checksums.computeIfAbsent(
        cell.pattern() + " " + bytes + " " + ranks,
        alike -> ExpectedSum.hex(cell.pattern(), bytes, ranks));
  }

  List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    rounds.forEach((plan, all) -> cells.add(cell(plan, all)));
    return cells;
  }

  private Cell cell(CellPlan plan, List<Round> all) {
    Forked fork = last.get(plan);
    Found found = fork.found();
    Pattern pattern = plan.pattern();
    if (pattern != null) {
      return new Cell(
          plan.key(),
          pattern.quantity(),
          pattern.perOperation(plan.key().bytes(), plan.key().ranks()),
          pattern.operation(),
          plan.batch(),
          found,
          all);
    }
    return plan.isAcrossRanks()
        ? new Cell(plan.key(), Quantity.SPEED, fork.operations(), "run", 1, found, all)
        : new Cell(plan.key(), Quantity.TIME, 1, "call", 1, found, all);
  }

  List<AbsentCell> absentCells() {
    List<AbsentCell> cells = new ArrayList<>();
    absent.forEach((key, reason) -> cells.add(new AbsentCell(key, reason)));
    return cells;
  }

  /** JMH's results, forks of one cell merged as JMH does. */
  List<RunResult> jmhResults() {
    List<RunResult> merged = new ArrayList<>();
    jmh.forEach(
        (plan, results) -> {
          List<BenchmarkResult> forks = new ArrayList<>();
          results.forEach(result -> forks.addAll(result.getBenchmarkResults()));
          merged.add(new RunResult(results.getFirst().getParams(), forks));
        });
    merged.sort(RunResult.DEFAULT_SORT_COMPARATOR);
    return merged;
  }
}
