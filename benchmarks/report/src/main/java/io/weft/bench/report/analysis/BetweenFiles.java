package io.weft.bench.report.analysis;

import io.weft.bench.report.statistics.Estimate;
import io.weft.bench.report.statistics.Medians;
import java.util.List;

/** One cell in two files, whose rounds have nothing to do with each other. */
public final class BetweenFiles {
  private final Measures measures;

  /**
   * Sets how often is drawn.
   *
   * @param replicates draws for each interval
   */
  public BetweenFiles(int replicates) {
    measures = new Measures(replicates);
  }

  /**
   * A cell before and after.
   *
   * @param before in the old file
   * @param after in the new file
   * @param ratio new time by old time
   * @param oldMedians of each round of the old file
   * @param newMedians of each round of the new file
   */
  public record Pair(
      CellStatistics before,
      CellStatistics after,
      Estimate ratio,
      double[] oldMedians,
      double[] newMedians) {}

  /**
   * Works out the medians and their ratio, over rounds of a core mode that both have.
   *
   * @param before in the old file
   * @param after in the new file
   * @return both
   */
  public Pair pair(RunCell before, RunCell after) {
    CoreView view = CoreView.of(List.of(before, after)).getFirst();
    return new Pair(
        measures.cell(before, view),
        measures.cell(after, view),
        measures.ratioOfStrangers(after, before, view),
        Medians.ofEach(Measures.nanos(before.rounds(view))),
        Medians.ofEach(Measures.nanos(after.rounds(view))));
  }
}
