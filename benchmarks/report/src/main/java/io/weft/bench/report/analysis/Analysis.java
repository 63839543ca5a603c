package io.weft.bench.report.analysis;

import java.util.List;

/**
 * What a run says.
 *
 * @param run what was measured
 * @param caveats what a reader must know first, a sentence each
 * @param groups what may share axes
 * @param percentiles of single operations
 * @param ratios of two cells each
 * @param crossovers of EFA's and ENA's curves
 */
public record Analysis(
    Run run,
    List<String> caveats,
    List<Group> groups,
    List<PercentileStatistics> percentiles,
    List<Ratio> ratios,
    List<NetworkCrossover> crossovers) {
  /** Copies the lists. */
  public Analysis {
    caveats = List.copyOf(caveats);
    groups = List.copyOf(groups);
    percentiles = List.copyOf(percentiles);
    ratios = List.copyOf(ratios);
    crossovers = List.copyOf(crossovers);
  }

  /**
   * The groups of a section.
   *
   * @param section which
   * @return in the order they are shown
   */
  public List<Group> groups(Section section) {
    return groups.stream().filter(group -> group.section() == section).toList();
  }

  /**
   * The ratios of a kind.
   *
   * @param kind which
   * @return in the order they are shown
   */
  public List<Ratio> ratios(Ratio.Kind kind) {
    return ratios.stream().filter(ratio -> ratio.kind() == kind).toList();
  }
}
