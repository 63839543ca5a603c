package io.weft.bench.report.format;

import io.weft.bench.report.AbsentCell;
import io.weft.bench.report.CellKey;
import io.weft.bench.report.Environment;
import io.weft.bench.report.Method;
import io.weft.bench.report.Percentiles;
import io.weft.bench.report.Quantity;
import io.weft.bench.report.Round;
import io.weft.bench.report.analysis.Analysis;
import io.weft.bench.report.analysis.CellStatistics;
import io.weft.bench.report.analysis.CoreView;
import io.weft.bench.report.analysis.Group;
import io.weft.bench.report.analysis.NetworkCrossover;
import io.weft.bench.report.analysis.PercentileStatistics;
import io.weft.bench.report.analysis.Ratio;
import io.weft.bench.report.analysis.RunCell;
import io.weft.bench.report.analysis.RunRound;
import io.weft.bench.report.analysis.Section;
import io.weft.bench.report.statistics.Crossover;
import io.weft.bench.report.statistics.Estimate;
import io.weft.bench.report.statistics.Medians;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A report's numbers as JSON, with the names of these records.
 *
 * @param format {@code weft-bench-statistics}
 * @param version 1
 * @param runs that are not compared with each other
 */
public record Statistics(String format, int version, List<OfRun> runs) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Copies the list. */
  public Statistics {
    runs = List.copyOf(runs);
  }

  /** Of files of one machine and method. */
  record OfRun(
      List<String> files,
      List<String> created,
      Environment environment,
      Method method,
      List<String> caveats,
      List<OfCell> cells,
      List<OfRatio> ratios,
      List<OfCrossover> crossovers,
      List<AbsentCell> absent) {}

  /** A median, or a ratio, with its 99% interval. */
  record Value(double value, double low, double high) {
    static Value of(Estimate estimate) {
      return new Value(estimate.value(), estimate.low(), estimate.high());
    }
  }

  /** A cell over the rounds of one core mode; percentiles are null where there are none. */
  record OfCell(
      CellKey key,
      String found,
      Section section,
      Quantity quantity,
      double perOperation,
      String operation,
      String cores,
      boolean mixed,
      int rounds,
      int iterations,
      Value nanos,
      boolean wide,
      boolean fewRounds,
      String unit,
      Value value,
      double allocatedBytes,
      Percentiles percentileNanos) {}

  /** Two cells compared. */
  record OfRatio(
      String kind,
      CellKey subject,
      CellKey baseline,
      String subjectFound,
      String baselineFound,
      String cores,
      boolean mixed,
      boolean paired,
      int rounds,
      Value ratio,
      boolean wide) {}

  /**
   * Where EFA's and ENA's curves cross; low is null where the interval reaches below the smallest
   * size, high where it reaches above the largest, both where nothing crosses.
   */
  record OfCrossover(
      String benchmark,
      Map<String, String> parameters,
      String via,
      int ranks,
      String cores,
      long smallest,
      long largest,
      String fasterAtFirst,
      List<Double> bytes,
      Double low,
      Double high,
      double agreement) {}

  /**
   * Collects the numbers.
   *
   * @param analyses of each run
   * @return all of them
   */
  static Statistics of(List<Analysis> analyses) {
    return new Statistics(
        "weft-bench-statistics", 1, analyses.stream().map(Statistics::of).toList());
  }

  /**
   * Writes the numbers of a report.
   *
   * @param analyses of each run
   * @return JSON
   */
  public static String json(List<Analysis> analyses) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(of(analyses)) + "\n";
  }

  private static OfRun of(Analysis analysis) {
    return new OfRun(
        analysis.run().files(),
        analysis.run().created(),
        analysis.run().environment(),
        analysis.run().method(),
        analysis.caveats(),
        analysis.groups().stream()
            .flatMap(group -> group.views().stream())
            .map(Group.View::cells)
            .flatMap(List::stream)
            .map(cell -> of(cell, percentiles(analysis, cell)))
            .toList(),
        analysis.ratios().stream().map(Statistics::of).toList(),
        analysis.crossovers().stream().map(Statistics::of).toList(),
        analysis.run().absent());
  }

  private static Percentiles percentiles(Analysis analysis, CellStatistics cell) {
    return analysis.percentiles().stream()
        .filter(p -> p.cell().equals(cell.cell()) && p.view().equals(cell.view()))
        .map(PercentileStatistics::nanos)
        .findFirst()
        .orElse(null);
  }

  private static OfCell of(CellStatistics of, Percentiles percentiles) {
    RunCell cell = of.cell();
    return new OfCell(
        cell.key(),
        cell.network(),
        cell.section(),
        cell.cell().quantity(),
        cell.cell().perOperation(),
        cell.cell().operation(),
        of.view().cores(),
        of.view().mixed(),
        of.nanos().rounds(),
        of.iterations(),
        Value.of(of.nanos()),
        of.nanos().isWide(),
        of.nanos().isOfFewRounds(),
        of.unit(),
        Value.of(of.value()),
        allocatedBytes(cell, of.view()),
        percentiles);
  }

  private static double allocatedBytes(RunCell cell, CoreView view) {
    return Medians.of(
        cell.rounds(view).stream()
            .map(RunRound::round)
            .mapToDouble(Round::allocatedBytes)
            .toArray());
  }

  private static OfRatio of(Ratio of) {
    return new OfRatio(
        of.kind().toString(),
        of.subject().key(),
        of.baseline().key(),
        of.subject().network(),
        of.baseline().network(),
        of.view().cores(),
        of.view().mixed(),
        of.paired(),
        of.estimate().rounds(),
        Value.of(of.estimate()),
        of.estimate().isWide());
  }

  private static OfCrossover of(NetworkCrossover of) {
    CellKey key = of.efa().key();
    Crossover found = of.crossover();
    return new OfCrossover(
        key.benchmark(),
        key.parameters(),
        key.via(),
        key.ranks(),
        of.view().cores(),
        of.smallest(),
        of.largest(),
        found.leader() < 0 ? Section.EFA : found.leader() > 0 ? Section.ENA : "neither",
        found.bytes(),
        Double.isFinite(found.low()) ? found.low() : null,
        Double.isFinite(found.high()) ? found.high() : null,
        found.agreement());
  }
}
