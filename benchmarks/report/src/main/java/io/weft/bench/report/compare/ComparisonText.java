package io.weft.bench.report.compare;

import io.weft.bench.report.CellKey;
import io.weft.bench.report.compare.CellChange.Verdict;
import io.weft.bench.report.document.Numbers;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A comparison as a person reads it. */
public final class ComparisonText {
  private final StringBuilder out = new StringBuilder();
  private final Comparison comparison;

  private ComparisonText(Comparison comparison) {
    this.comparison = comparison;
  }

  /**
   * Writes a comparison.
   *
   * @param comparison what changed
   * @return its text
   */
  public static String of(Comparison comparison) {
    return new ComparisonText(comparison).write();
  }

  private String write() {
    comparison.caveats().forEach(caveat -> line("caveat      " + caveat));
    comparison.unlike().forEach(u -> line("not alike   " + name(u.key()) + ": " + u.reason()));
    comparison.onlyOld().forEach(key -> line("only in old " + name(key)));
    comparison.onlyNew().forEach(key -> line("only in new " + name(key)));
    add("REGRESSION ", Verdict.REGRESSION);
    add("improvement", Verdict.IMPROVEMENT);
    add("small      ", Verdict.SMALL);
    List<CellChange> cannotTell = comparison.of(Verdict.CANNOT_TELL);
    if (!cannotTell.isEmpty()) {
      int cells = comparison.changes().size();
      line(
          ("warning     %d of %d cells have too few rounds for any change to stand out of noise:"
               + " with %d cells each file needs %d rounds (scripts/bench -f %d), or compare fewer"
               + " cells")
              .formatted(
                  cannotTell.size(),
                  cells,
                  cells,
                  Comparer.roundsNeeded(cells),
                  Comparer.roundsNeeded(cells)));
    }
    long apparent =
        comparison.of(Verdict.NOISE).stream()
            .filter(change -> Math.abs(change.percent()) > comparison.thresholdPercent())
            .count();
    line(
        "compared    %d cells: %d slower and %d faster beyond noise by more than %s%%, %d by less; %d within noise (of those %d with medians more than %s%% apart)"
            .formatted(
                comparison.changes().size(),
                comparison.of(Verdict.REGRESSION).size(),
                comparison.of(Verdict.IMPROVEMENT).size(),
                threshold(),
                comparison.of(Verdict.SMALL).size(),
                comparison.of(Verdict.NOISE).size(),
                apparent,
                threshold()));
    line(
        "method      Mann-Whitney test of rounds' medians, Holm's correction for all cells: equals differ in %.0f%% of comparisons at most; medians and ratios with 99%% bootstrap intervals"
            .formatted(100 * comparison.level()));
    return out.toString();
  }

  private String threshold() {
    return String.format(Locale.ROOT, "%.4g", comparison.thresholdPercent())
        .replaceAll("\\.0*$|(\\.\\d*?)0+$", "$1");
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private void add(String word, Verdict verdict) {
    for (CellChange change : comparison.of(verdict)) {
      line(
          String.format(
              Locale.ROOT,
              "%s %s: %s, now %s %s; time %+.1f%% (%+.1f%% to %+.1f%%), p %.2g (corrected), %d and"
                  + " %d rounds%s",
              word,
              name(change.key()),
              Numbers.of(change.oldMedian()),
              Numbers.of(change.newMedian()),
              change.unit(),
              change.percent(),
              100 * (change.ratio().low() - 1),
              100 * (change.ratio().high() - 1),
              change.adjusted(),
              change.oldRounds(),
              change.newRounds(),
              change.cores().isEmpty() ? "" : ", " + change.cores()));
    }
  }

  static String name(CellKey key) {
    String parameters =
        key.parameters().entrySet().stream()
            .map(e -> " " + e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining());
    return "%s%s via=%s network=%s bytes=%d ranks=%d"
        .formatted(key.benchmark(), parameters, key.via(), key.network(), key.bytes(), key.ranks());
  }
}
