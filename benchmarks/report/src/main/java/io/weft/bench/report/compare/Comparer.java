package io.weft.bench.report.compare;

import io.weft.bench.report.Cell;
import io.weft.bench.report.CellKey;
import io.weft.bench.report.Environment;
import io.weft.bench.report.Method;
import io.weft.bench.report.ResultFile;
import io.weft.bench.report.analysis.BetweenFiles;
import io.weft.bench.report.analysis.CellStatistics;
import io.weft.bench.report.analysis.RunCell;
import io.weft.bench.report.analysis.RunRound;
import io.weft.bench.report.compare.CellChange.Verdict;
import io.weft.bench.report.statistics.Holm;
import io.weft.bench.report.statistics.RankTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Compares two result files cell by cell. A cell has changed if the medians of its rounds differ by
 * a rank test, corrected by Holm for the number of cells; a change counts if the median moved by
 * more than the threshold.
 */
public final class Comparer {
  /** The probability that a comparison of equals finds any change at all. */
  public static final double LEVEL = 0.05;

  private final double thresholdPercent;
  private final BetweenFiles ratios;

  /**
   * Sets what counts.
   *
   * @param thresholdPercent 0 or more
   * @param replicates draws for each interval
   */
  public Comparer(double thresholdPercent, int replicates) {
    this.thresholdPercent = thresholdPercent;
    ratios = new BetweenFiles(replicates);
  }

  /**
   * Compares.
   *
   * @param older the file from before
   * @param newer the file from after
   * @return what changed
   */
  public Comparison compare(ResultFile older, ResultFile newer) {
    Map<CellKey, Cell> rest = new LinkedHashMap<>();
    newer.cells().forEach(cell -> rest.put(cell.key(), cell));
    List<CellKey> onlyOld = new ArrayList<>();
    List<Comparison.Unlike> unlike = new ArrayList<>();
    List<BetweenFiles.Pair> pairs = new ArrayList<>();
    for (Cell before : older.cells()) {
      Cell after = rest.remove(before.key());
      if (after == null) {
        onlyOld.add(before.key());
        continue;
      }
      String difference = difference(before, after);
      if (difference.isEmpty()) {
        pairs.add(ratios.pair(runCell(before), runCell(after)));
      } else {
        unlike.add(new Comparison.Unlike(before.key(), difference));
      }
    }
    return new Comparison(
        thresholdPercent,
        LEVEL,
        caveats(older, newer, pairs),
        changes(pairs),
        onlyOld,
        List.copyOf(rest.keySet()),
        unlike);
  }

  private static RunCell runCell(Cell cell) {
    return new RunCell(cell, cell.rounds().stream().map(r -> new RunRound(0, r)).toList());
  }

  /** Why two cells of one key are not the same thing; empty if they are. */
  private static String difference(Cell before, Cell after) {
    if (!before.found().network().equals(after.found().network())) {
      return "crossed %s, now %s".formatted(before.found().network(), after.found().network());
    }
    if (before.found().hosts() != after.found().hosts()) {
      return "was on %d hosts, now on %d".formatted(before.found().hosts(), after.found().hosts());
    }
    if (before.quantity() != after.quantity() || before.perOperation() != after.perOperation()) {
      return "an operation was %s %s, now %s %s"
          .formatted(
              before.perOperation(), before.quantity(), after.perOperation(), after.quantity());
    }
    if (before.operationsPerBatch() != after.operationsPerBatch()) {
      return "timed %d operations together, now %d"
          .formatted(before.operationsPerBatch(), after.operationsPerBatch());
    }
    return before.operation().equals(after.operation())
        ? ""
        : "measured a %s, now a %s".formatted(before.operation(), after.operation());
  }

  private List<CellChange> changes(List<BetweenFiles.Pair> pairs) {
    double[] p = new double[pairs.size()];
    for (int i = 0; i < p.length; i++) {
      p[i] = RankTest.pValue(pairs.get(i).oldMedians(), pairs.get(i).newMedians());
    }
    double[] adjusted = Holm.adjust(p);
    List<CellChange> changes = new ArrayList<>();
    for (int i = 0; i < p.length; i++) {
      BetweenFiles.Pair pair = pairs.get(i);
      CellStatistics before = pair.before();
      CellStatistics after = pair.after();
      changes.add(
          new CellChange(
              before.cell().key(),
              before.cell().network(),
              before.unit(),
              before.value().value(),
              after.value().value(),
              pair.ratio(),
              before.view().title(),
              pair.oldMedians().length,
              pair.newMedians().length,
              p[i],
              adjusted[i],
              verdict(pair, adjusted[i], p.length)));
    }
    return changes;
  }

  private Verdict verdict(BetweenFiles.Pair pair, double adjusted, int cells) {
    int before = pair.oldMedians().length;
    int after = pair.newMedians().length;
    if (adjusted <= LEVEL) {
      double percent = 100 * (pair.ratio().value() - 1);
      if (Math.abs(percent) <= thresholdPercent) {
        return Verdict.SMALL;
      }
      return percent > 0 ? Verdict.REGRESSION : Verdict.IMPROVEMENT;
    }
    // Alone among all the others that did not change, it would have to pass the strictest step.
    boolean possible = RankTest.leastPValue(before, after) * cells <= LEVEL;
    return possible ? Verdict.NOISE : Verdict.CANNOT_TELL;
  }

  /**
   * How many rounds each file needs for a change of one cell to stand out.
   *
   * @param cells that are compared
   * @return the least number
   */
  public static int roundsNeeded(int cells) {
    int rounds = 2;
    while (RankTest.leastPValue(rounds, rounds) * cells > LEVEL) {
      rounds++;
    }
    return rounds;
  }

  private static List<String> caveats(
      ResultFile older, ResultFile newer, List<BetweenFiles.Pair> pairs) {
    List<String> caveats = new ArrayList<>();
    Method was = older.method();
    Method now = newer.method();
    addIfOther(caveats, "The number of warm-up iterations", was.warmups(), now.warmups());
    addIfOther(caveats, "Their length in seconds", was.warmupSeconds(), now.warmupSeconds());
    addIfOther(caveats, "The number of iterations", was.iterations(), now.iterations());
    addIfOther(caveats, "Their length in seconds", was.iterationSeconds(), now.iterationSeconds());
    addIfOther(caveats, "Binding of ranks to cores", was.pinned(), now.pinned());
    Environment before = older.environment();
    Environment after = newer.environment();
    addIfOther(caveats, "The host", before.host(), after.host());
    addIfOther(caveats, "The instance", before.instance(), after.instance());
    addIfOther(caveats, "The processor", before.processor(), after.processor());
    addIfOther(caveats, "The number of cores", before.cores(), after.cores());
    addIfOther(caveats, "The memory", before.memoryBytes(), after.memoryBytes());
    addIfOther(caveats, "The kernel", before.kernel(), after.kernel());
    addIfOther(caveats, "The clock governor", before.governor(), after.governor());
    addIfOther(caveats, "Java", before.java(), after.java());
    addIfOther(caveats, "Weft", before.weft(), after.weft());
    TreeSet<String> libraries = new TreeSet<>(before.libraries().keySet());
    libraries.addAll(after.libraries().keySet());
    for (String name : libraries) {
      addIfOther(
          caveats,
          name,
          before.libraries().getOrDefault(name, "not there"),
          after.libraries().getOrDefault(name, "not there"));
    }
    TreeSet<String> providers = new TreeSet<>();
    for (BetweenFiles.Pair pair : pairs) {
      String old = pair.before().cell().cell().found().provider();
      String other = pair.after().cell().cell().found().provider();
      if (!old.equals(other)) {
        providers.add("\"%s\", now \"%s\"".formatted(old, other));
      }
    }
    providers.forEach(change -> caveats.add("Another provider carried messages: " + change + "."));
    long mixed = pairs.stream().filter(pair -> pair.before().view().mixed()).count();
    if (mixed > 0) {
      caveats.add(
          "%d cells have no core mode in common in both files: all their rounds are compared."
              .formatted(mixed));
    }
    return caveats;
  }

  private static void addIfOther(List<String> caveats, String what, Object before, Object after) {
    if (!before.equals(after)) {
      caveats.add("%s differs: \"%s\", now \"%s\".".formatted(what, before, after));
    }
  }
}
