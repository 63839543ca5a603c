package io.weft.bench.series;

import io.weft.bench.CoreMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Programs measured in turns, so that what the machine does meanwhile meets all alike. Each start
 * of one is a slice; the cores' pairing is calibrated before and after it.
 *
 * <p>A program prints {@code TABLE COLUMN LENGTH NANOS CHECKSUM ALLOCATED} for each figure; a dash
 * for table or column adds nothing to those of its {@link Way}.
 */
final class Series {
  private final SeriesOptions options;
  private final List<Way> ways;
  private final Figures figures = new Figures();
  private WayStarter starter;

  Series(SeriesOptions options, List<Way> ways) {
    this.options = options;
    this.ways = options.taken(ways);
  }

  /** Measures all, prints the tables. */
  Figures run(Unit unit) throws IOException, InterruptedException {
    try (CoreMode cores = new CoreMode();
        WayStarter programs = new WayStarter()) {
      starter = programs;
      starter.build(ways);
      for (int turn = 1; turn <= options.turns(); turn++) {
        for (Way way : ways) {
          System.err.println(
              "turn " + turn + " of " + options.turns() + ": " + way.table() + ", " + way.name());
          double before = cores.measure();
          String output = start(way);
          take(way, turn, output, cores.between(before, cores.measure()));
        }
      }
      System.out.print(figures.print(unit));
      System.out.println("\n" + cores);
    }
    return figures;
  }

  private String start(Way way) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(options.seconds()));
    words.addAll(options.lengths());
    try (WayStarter.Running ranks = starter.start(way, words)) {
      String output =
          new String(ranks.process().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (ranks.process().waitFor() != 0) {
        throw ranks.failed();
      }
      return output;
    }
  }

  /** Whether there are fewer cores than ranks: such figures are no targets. */
  static boolean isCrowded(int ranks) {
    return ranks > Runtime.getRuntime().availableProcessors();
  }

  /** The title of a table. */
  static String title(String table, int ranks) {
    return isCrowded(ranks) ? table + " (more ranks than cores: no target)" : table;
  }

  private void take(Way way, int turn, String output, CoreMode.Pairing mode) throws IOException {
    for (String line : output.lines().toList()) {
      take(figures, way, turn, line, mode);
    }
  }

  /** Adds one figure that a way printed. */
  static void take(Figures figures, Way way, int turn, String line, CoreMode.Pairing mode)
      throws IOException {
    String[] words = line.split(" ");
    if (words.length != 6) {
      throw new IOException(way.name() + " printed: " + line);
    }
    String table = words[0].equals("-") ? way.table() : words[0] + ", " + way.table();
    String column = words[1].equals("-") ? way.name() : "Java, " + words[1];
    Sample sample =
        new Sample(
            turn, Double.parseDouble(words[3]), words[4], Double.parseDouble(words[5]), mode);
    figures.add(title(table, way.ranks()), column, Long.parseLong(words[2]), sample);
  }
}
