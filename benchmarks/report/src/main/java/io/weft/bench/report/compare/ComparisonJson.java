package io.weft.bench.report.compare;

import io.weft.bench.report.CellKey;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** A comparison as JSON, with the names of these records. */
public final class ComparisonJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private ComparisonJson() {}

  /** The whole. */
  record Document(
      String format,
      int version,
      double thresholdPercent,
      double level,
      boolean canTell,
      boolean regression,
      List<String> caveats,
      List<Change> changes,
      List<CellKey> onlyOld,
      List<CellKey> onlyNew,
      List<Comparison.Unlike> unlike) {}

  /** One cell. */
  record Change(
      CellKey key,
      String found,
      CellChange.Verdict verdict,
      String unit,
      double oldMedian,
      double newMedian,
      double timeRatio,
      double timeRatioLow,
      double timeRatioHigh,
      double pValue,
      double pValueCorrected,
      int oldRounds,
      int newRounds,
      String cores) {}

  /**
   * Writes a comparison.
   *
   * @param of what changed
   * @return JSON
   */
  public static String of(Comparison of) {
    Document document =
        new Document(
            "weft-bench-comparison",
            1,
            of.thresholdPercent(),
            of.level(),
            of.canTell(),
            of.hasRegression(),
            of.caveats(),
            of.changes().stream().map(ComparisonJson::change).toList(),
            of.onlyOld(),
            of.onlyNew(),
            of.unlike());
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
  }

  private static Change change(CellChange of) {
    return new Change(
        of.key(),
        of.found(),
        of.verdict(),
        of.unit(),
        of.oldMedian(),
        of.newMedian(),
        of.ratio().value(),
        of.ratio().low(),
        of.ratio().high(),
        of.pValue(),
        of.adjusted(),
        of.oldRounds(),
        of.newRounds(),
        of.cores());
  }
}
