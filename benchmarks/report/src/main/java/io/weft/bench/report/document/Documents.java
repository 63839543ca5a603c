package io.weft.bench.report.document;

import io.weft.bench.report.Environment;
import io.weft.bench.report.analysis.Analysis;
import io.weft.bench.report.analysis.Run;
import io.weft.bench.report.analysis.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Puts a report together from what runs say. */
public final class Documents {
  private static final String TITLE = "Weft benchmarks: EFA against ENA, Java against C";

  private static final List<String> HOW_TO_READ =
      List.of(
          "Each median is of all iterations of all rounds. A round starts every cell once, as a job"
              + " of its own with fresh JVMs, in shuffled order.",
          "Each interval has 99% confidence by a two-level bootstrap: rounds are drawn with"
              + " replacement, then iterations of each drawn round (Kalibera and Jones, Rigorous"
              + " Benchmarking in Reasonable Time, 2013), 10,000 times with a fixed seed; its tails"
              + " are adjusted to the number of rounds (Hesterberg, What Teachers Should Know About"
              + " the Bootstrap, 2015). * marks one wider than 10% of the median.",
          "Each ratio is of two cells of one run, and where possible of the same rounds: what"
              + " disturbed the machine in a round disturbed both.",
          "Networks are as found at run time from the endpoint, the interface's driver and byte"
              + " counters. What was asked for decides nothing.",
          "A collective's time is the longest over ranks. Bandwidths count 10^9 bytes to GB.",
          "Charts keep the colours of Okabe and Ito, which colour-blind people tell apart. Below"
              + " each chart is a table of its numbers.");

  private Documents() {}

  /**
   * Puts a report together.
   *
   * @param analyses of each run
   * @return the report
   */
  public static Document of(List<Analysis> analyses) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < analyses.size(); i++) {
      if (analyses.size() > 1) {
        parts.add(heading(i, analyses.get(i).run(), analyses.size()));
      }
      parts.addAll(parts(analyses.get(i), analyses.size() > 1 ? 3 : 2));
    }
    parts.add(new Part(2, "How to read this", List.of(new Block.Items(HOW_TO_READ))));
    return new Document(TITLE, summary(analyses), parts);
  }

  private static String summary(List<Analysis> analyses) {
    if (analyses.size() > 1) {
      return "%d runs that are not compared with each other, for machine, software or method differ."
          .formatted(analyses.size());
    }
    Run run = analyses.getFirst().run();
    return "%s; %d cells filled, %d not; measured %s."
        .formatted(
            machine(run.environment()),
            run.cells().size(),
            run.absent().size(),
            String.join(", ", run.created()));
  }

  private static String machine(Environment of) {
    String instance = of.instance().equals("none") ? "" : of.instance() + ", ";
    return "%s (%s%s, %d cores)".formatted(of.host(), instance, of.processor(), of.cores());
  }

  private static Part heading(int index, Run run, int runs) {
    return new Part(
        2,
        "Run %d of %d: %s".formatted(index + 1, runs, String.join(", ", run.files())),
        List.of(
            new Block.Prose(
                "%s; measured %s."
                    .formatted(machine(run.environment()), String.join(", ", run.created())))));
  }

  private static List<Part> parts(Analysis analysis, int level) {
    List<Part> parts = new ArrayList<>();
    parts.add(
        new Part(
            level,
            "Caveats",
            analysis.caveats().isEmpty()
                ? List.of(new Block.Prose("None: neither the run nor its numbers ask for any."))
                : List.of(new Block.Items(analysis.caveats()))));
    List<String> sentences = new InShort(analysis).sentences();
    if (!sentences.isEmpty()) {
      parts.add(new Part(level, "In short", List.of(new Block.Items(sentences))));
    }
    Arrays.stream(Section.values())
        .forEach(section -> parts.addAll(new SectionParts(analysis, level).of(section)));
    Run run = analysis.run();
    parts.add(
        new Part(
            level,
            "Absent cells",
            run.absent().isEmpty()
                ? List.of(new Block.Prose("Every cell that was asked for was filled."))
                : List.of(EnvironmentParts.absent(run))));
    parts.add(new Part(level, "Environment and method", EnvironmentParts.environment(analysis)));
    parts.add(
        new Part(
            level,
            "How to repeat",
            List.of(
                new Block.Prose(
                    "On a machine with the same cards; cells that it cannot fill are absent with"
                        + " their reasons:"),
                new Block.Code(Repeat.command(run)),
                new Block.Prose("This report from the files again:"),
                new Block.Code(
                    "scripts/weft bench report "
                        + String.join(" ", run.files())
                        + " --out page.html\n"))));
    return parts;
  }
}
