package io.weft.cli;

import io.weft.cli.doctor.Instances;
import io.weft.launch.Allocation;
import io.weft.launch.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code --compare}: the kernel over each network, in turns, and one table. A first look; the
 * benchmarks measure properly.
 */
final class CompareRun {
  private static final double PERCENT = 100;

  private final RunOptions options;

  CompareRun(RunOptions options) {
    this.options = options;
  }

  /** The runs of one network. */
  private record Column(Network network, List<JsonNode> results) {
    double median(String field) {
      double[] sorted =
          results.stream().mapToDouble(r -> r.get(field).asDouble()).sorted().toArray();
      int middle = sorted.length / 2;
      return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double least(String field) {
      return results.stream().mapToDouble(r -> r.get(field).asDouble()).min().orElseThrow();
    }

    double most(String field) {
      return results.stream().mapToDouble(r -> r.get(field).asDouble()).max().orElseThrow();
    }

    JsonNode found() {
      return results.getFirst().get("found");
    }
  }

  int run() throws IOException, InterruptedException {
    if (options.compare.stream().distinct().count() < options.compare.size()) {
      throw new WeftException(
          ExitStatus.USAGE, "--compare names a network twice; --rounds says how often each runs");
    }
    if (options.bundle == null) {
      refuseWhatIsNotThere();
      return run(
          Bundle.prepare(options.out == null ? Bundle.compareDirectory(options) : options.out));
    }
    Path top = Bundle.prepare(options.out);
    RunStory story = RunStory.begin(options, top);
    int status;
    try {
      refuseWhatIsNotThere();
      status = run(top);
    } catch (IOException | RuntimeException failure) {
      story.failed(Math.max(ExitStatus.FAILED, RankFailure.mendableStatus(failure)));
      throw failure;
    }
    if (status == ExitStatus.OK) {
      story.handedToOthers();
    } else {
      story.failed(status);
    }
    return status;
  }

  /** Each is refused before the first one runs: half a comparison is worth nothing. */
  private void refuseWhatIsNotThere() {
    for (Network network : options.compare) {
      options.network = network;
      if (NetworkChoice.of(options, Allocation.isOneHost(System.getenv())).isEmulated()) {
        throw new WeftException(
            ExitStatus.UNAVAILABLE,
            "--compare: the EFA device here is emulated, and its times say nothing about EFA; run"
                + " on an instance with EFA, or leave efa out");
      }
    }
  }

  private int run(Path top) throws IOException, InterruptedException {
    boolean json = options.json;
    options.json = false;
    List<Column> columns =
        options.compare.stream().map(n -> new Column(n, new ArrayList<>())).toList();
    for (int round = 1; round <= options.rounds; round++) {
      for (Column column : columns) {
        System.err.printf(
            "weft: round %d of %d over %s%n", round, options.rounds, column.network());
        options.network = column.network();
        options.out = top.resolve(column.network() + "-" + round);
        int status = new FrontRun(options, ProcessBuilder.Redirect.DISCARD).run();
        if (status != ExitStatus.OK) {
          return status;
        }
        column
            .results()
            .add(Json.MAPPER.readTree(Files.readString(options.out.resolve("result.json"))));
      }
    }
    System.out.println(json ? Json.text(json(columns)) : table(columns));
    return ExitStatus.OK;
  }

  private String table(List<Column> columns) {
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "%s class %s on %d ranks via %s; median of %d, least to most in brackets%n",
            options.kernel,
            options.problemClass,
            options.ranks,
            options.via,
            options.rounds));
    out.append(
        String.format(
            "%-8s %-14s %-28s %10s %-20s %8s %s%n",
            "network", "found", "provider", "Mop/s", "", "comm.", "time to first"));
    double first = columns.getFirst().median("seconds");
    for (Column column : columns) {
      out.append(
          String.format(
              Locale.ROOT,
              "%-8s %-14s %-28s %10.0f %-20s %7.1f%% %.2f%n",
              column.network(),
              column.found().get("network").asString(),
              column.found().get("provider").asString(),
              column.median("megaOperationsPerSecond"),
              "(%.0f to %.0f)"
                  .formatted(
                      column.least("megaOperationsPerSecond"),
                      column.most("megaOperationsPerSecond")),
              PERCENT * column.median("communicationShare"),
              column.median("seconds") / first));
    }
    // All rounds ran on the same nodes.
    ArrayNode instances = (ArrayNode) columns.getFirst().results().getFirst().get("instances");
    Instances.of(instances)
        .lines()
        .forEach(line -> out.append("instance ").append(line).append('\n'));
    return out.toString().stripTrailing();
  }

  private ArrayNode json(List<Column> columns) {
    ArrayNode array = Json.MAPPER.createArrayNode();
    for (Column column : columns) {
      ObjectNode node = array.addObject().put("network", column.network().toString());
      node.set("found", column.found());
      ArrayNode runs = node.putArray("runs");
      column.results().forEach(runs::add);
    }
    return array;
  }
}
