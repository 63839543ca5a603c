package io.weft.bench.report.document;

import io.weft.bench.report.CellKey;
import io.weft.bench.report.analysis.CellStatistics;
import io.weft.bench.report.analysis.CoreView;
import io.weft.bench.report.analysis.Patterns;
import io.weft.bench.report.analysis.RunCell;
import io.weft.bench.report.analysis.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What things are called. */
final class Titles {
  private Titles() {}

  /** A benchmark with what tells it apart, such as {@code Ping-pong, 2 ranks, near cores}. */
  static String of(CellKey key, CoreView view) {
    List<String> words = new ArrayList<>();
    words.add(what(key));
    words.add(ranks(key.ranks()));
    if (!view.title().isEmpty()) {
      words.add(view.title());
    }
    return String.join(", ", words);
  }

  /** A benchmark, such as {@code Ping-pong} or {@code Kernel cg S}. */
  static String what(CellKey key) {
    String parameters = parameters(key.parameters());
    return Patterns.title(key.benchmark()) + (parameters.isEmpty() ? "" : " " + parameters);
  }

  /** The kernel and its class without their names, other parameters with theirs. */
  static String parameters(Map<String, String> parameters) {
    List<String> words = new ArrayList<>();
    for (String bare : List.of("kernel", "class")) {
      if (parameters.containsKey(bare)) {
        words.add(parameters.get(bare));
      }
    }
    parameters.forEach(
        (name, value) -> {
          if (!List.of("kernel", "class").contains(name)) {
            words.add(name + "=" + value);
          }
        });
    return String.join(" ", words);
  }

  static String ranks(int ranks) {
    return ranks == 1 ? "1 rank" : ranks + " ranks";
  }

  /** A network as it is spoken of. */
  static String network(String found) {
    return switch (found) {
      case Section.EFA -> "EFA";
      case Section.ENA -> "ENA";
      case "shm" -> "shared memory";
      case "self" -> "one rank";
      default -> found;
    };
  }

  /** A size, or a dash where a benchmark has none. */
  static String size(long bytes) {
    return bytes == 0 ? "-" : Numbers.bytes(bytes);
  }

  /** What is measured, in which unit. */
  static String measure(CellStatistics cell) {
    String unit = cell.unit();
    return switch (cell.cell().cell().quantity()) {
      case TIME -> cell.cell().cell().operation() + ", " + unit;
      case BANDWIDTH -> "bandwidth, " + unit;
      case RATE -> "messages, " + unit;
      case SPEED -> "speed, " + unit;
    };
  }

  /** The curve that a cell belongs to, unique among those it shares a chart with. */
  static String curve(RunCell cell, List<RunCell> beside) {
    String name =
        cell.section() == Section.HARDWARE
            ? network(cell.network()) + ", " + cell.key().via()
            : cell.key().via();
    long asked =
        beside.stream()
            .filter(other -> other.network().equals(cell.network()))
            .filter(other -> other.key().via().equals(cell.key().via()))
            .map(other -> other.key().network())
            .distinct()
            .count();
    return asked > 1 ? name + " (asked " + cell.key().network() + ")" : name;
  }

  static String joined(List<String> words) {
    return words.stream().filter(word -> !word.isEmpty()).collect(Collectors.joining(", "));
  }
}
