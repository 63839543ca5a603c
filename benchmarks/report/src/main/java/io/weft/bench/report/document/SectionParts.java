package io.weft.bench.report.document;

import io.weft.bench.report.analysis.Analysis;
import io.weft.bench.report.analysis.CellStatistics;
import io.weft.bench.report.analysis.Group;
import io.weft.bench.report.analysis.Patterns;
import io.weft.bench.report.analysis.PercentileStatistics;
import io.weft.bench.report.analysis.Ratio;
import io.weft.bench.report.analysis.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The parts of a report that show one section. */
final class SectionParts {
  private static final String ELSEWHERE_WARNING =
      "None of this was measured over EFA or ENA. It shows that programs run, and what Java costs"
          + " over C on the same network; it says nothing about Amazon's networks, shares no axes"
          + " with what does, and is not compared with it.";

  private final Analysis analysis;
  private final int level;
  private final List<Part> parts = new ArrayList<>();

  SectionParts(Analysis analysis, int level) {
    this.analysis = analysis;
    this.level = level;
  }

  List<Part> of(Section section) {
    List<Group> groups = analysis.groups(section);
    if (groups.isEmpty()) {
      return List.of();
    }
    add(level, section.title(), intro(section));
    switch (section) {
      case CALLS -> addCalls(groups);
      case ELSEWHERE -> {
        Map<String, List<Group>> networks =
            groups.stream()
                .collect(
                    Collectors.groupingBy(Group::network, LinkedHashMap::new, Collectors.toList()));
        networks.forEach(
            (network, of) -> {
              add(level + 1, "Over " + Titles.network(network), List.of());
              addPatterns(section, network, of, level + 2);
            });
      }
      default -> addPatterns(section, "", groups, level + 1);
    }
    return parts;
  }

  private static List<Block> intro(Section section) {
    return switch (section) {
      case HARDWARE ->
          List.of(
              new Block.Prose(
                  "What crossed an EFA or an ENA card, as found at run time. EFA is vermilion with"
                      + " round markers, ENA is blue with square ones. Whole lines and full markers"
                      + " are Java through Weft, dashes and open markers C, dots a third way. Bands"
                      + " are 99% intervals of the median."));
      case SHARED_MEMORY ->
          List.of(
              new Block.Prose(
                  "Between ranks of one host. A colour is a library; whole lines are Java, dashes"
                      + " C, dots a third way. Bands are 99% intervals of the median."));
      case ELSEWHERE -> List.of(new Block.Warning(ELSEWHERE_WARNING));
      case ALONE -> List.of(new Block.Prose("One rank, which sends nothing over any network."));
      case CALLS ->
          List.of(
              new Block.Prose(
                  "What a call from Java into C costs that sends nothing, in nanoseconds."));
    };
  }

  private void add(int at, String title, List<? extends Block> blocks) {
    parts.add(new Part(at, title, List.copyOf(blocks)));
  }

  private void addPatterns(Section section, String network, List<Group> groups, int at) {
    Map<String, List<Group>> patterns =
        groups.stream()
            .filter(group -> !group.benchmark().equals(Patterns.KERNEL))
            .collect(
                Collectors.groupingBy(Group::benchmark, LinkedHashMap::new, Collectors.toList()));
    patterns.forEach(
        (benchmark, of) ->
            add(
                at,
                Patterns.title(benchmark),
                of.stream().flatMap(group -> GroupCharts.of(group).stream()).toList()));
    addPercentiles(section, network, at);
    if (section == Section.HARDWARE) {
      addNetworks(at);
    }
    addLanguages(section, network, at);
    addKernels(groups, at);
  }

  private void addPercentiles(Section section, String network, int at) {
    List<PercentileStatistics> all =
        analysis.percentiles().stream()
            .filter(p -> p.cell().section() == section)
            .filter(p -> network.isEmpty() || p.cell().network().equals(network))
            .toList();
    if (all.isEmpty()) {
      return;
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Prose(
            "Each operation timed by itself, so that these hold the cost of reading the clock"
                + " once: the median over rounds of each percentile, and the longest of all."));
    blocks.addAll(PercentileBlocks.of(all));
    blocks.add(PercentileBlocks.table(all));
    add(at, "Percentiles of single operations", blocks);
  }

  private void addNetworks(int at) {
    if (analysis.ratios(Ratio.Kind.EFA_OVER_ENA).isEmpty()) {
      add(
          at,
          "EFA over ENA",
          List.of(new Block.Prose("No cell was measured over both: there is nothing to compare.")));
      return;
    }
    if (!analysis.crossovers().isEmpty()) {
      add(
          at,
          "Where the curves cross",
          List.of(
              new Block.Prose(
                  "Between measured sizes both curves are straight lines on log axes. \"Agreeing\""
                      + " is the share of resampled pairs of curves that cross as often."),
              CrossoverBlock.of(analysis.crossovers())));
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Prose(
            "Time over EFA by time over ENA, of cells of one run: below 1 EFA is faster, at 0.5 it"
                + " takes half the time and moves twice the bytes. ~ marks an interval that holds"
                + " 1: no difference is shown."));
    blocks.addAll(RatioBlocks.networks(analysis));
    add(at, "EFA over ENA", blocks);
  }

  private void addLanguages(Section section, String network, int at) {
    List<Block> tables = RatioBlocks.languages(analysis, RatioBlocks.of(section, network));
    if (tables.isEmpty()) {
      return;
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Prose(
            "The same operation over the same network: time in Java by time in C. Above 1 Java"
                + " costs something; ~ marks an interval that holds 1."));
    blocks.addAll(tables);
    add(at, "Java over C", blocks);
  }

  private void addKernels(List<Group> groups, int at) {
    List<Group> kernels =
        groups.stream().filter(group -> group.benchmark().equals(Patterns.KERNEL)).toList();
    if (!kernels.isEmpty()) {
      add(at, "Kernels", new KernelBlocks(analysis).of(kernels));
    }
  }

  private void addCalls(List<Group> groups) {
    List<Dot> dots = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (Group group : groups) {
      for (Group.View view : group.views()) {
        for (CellStatistics cell : view.cells()) {
          String name =
              Titles.joined(
                  List.of(
                      cell.cell().key().via(),
                      Titles.parameters(cell.cell().key().parameters()),
                      view.mode().title()));
          dots.add(
              new Dot(name, "call", new Series.Style("#000000", "solid", "circle"), cell.value()));
          rows.add(List.of(name, cell.cell().cell().operation(), Numbers.of(cell.value())));
        }
      }
    }
    Table table = new Table("Calls", List.of("via", "call", "ns"), 2, rows);
    parts.set(
        parts.size() - 1,
        new Part(
            level,
            Section.CALLS.title(),
            List.of(
                intro(Section.CALLS).getFirst(),
                Dot.chart("Calls from Java into C", "ns for a call", 0, dots, table))));
  }
}
