package io.weft.results.command;

import io.weft.cli.ExitStatus;
import io.weft.cli.Json;
import io.weft.results.catalog.RunSummary;
import io.weft.results.port.Site;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;

/** {@code weft results list}. */
@Command(
    name = "list",
    description = "Lists the runs in the catalog, the newest first.",
    mixinStandardHelpOptions = true)
public final class ListCommand implements Callable<Integer> {
  private static final int ID_DIGITS = 12;

  @Option(names = "--kernel", paramLabel = "NAME", description = "Only runs of this kernel.")
  private String kernel;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "Only runs whose messages crossed this network.")
  private String network;

  @Option(
      names = "--status",
      paramLabel = "verified|failed",
      description = "Only runs that ended so.")
  private String status;

  @Option(
      names = "--since",
      paramLabel = "DATE",
      description = "Only runs that finished on this day (UTC) or later, such as 2026-11-22.")
  private LocalDate since;

  @Option(
      names = "--until",
      paramLabel = "DATE",
      description = "Only runs that finished on this day (UTC) or before.")
  private LocalDate until;

  @Option(names = "--json", description = "Print JSON: an array, an object for each run.")
  private boolean json;

  @Mixin private SiteOptions site;

  /** Made by picocli. */
  public ListCommand() {}

  @Override
  public Integer call() throws Exception {
    return SiteOptions.told(
        () -> {
          try (Site open = site.open()) {
            List<RunSummary> runs =
                Entry.all(open.catalog()).stream()
                    .map(Entry::summary)
                    .filter(this::isAskedFor)
                    .toList();
            if (json) {
              ArrayNode array = Json.MAPPER.createArrayNode();
              runs.forEach(run -> array.add(run.json()));
              System.out.println(Json.text(array));
            } else {
              runs.forEach(ListCommand::print);
            }
            return ExitStatus.OK;
          }
        });
  }

  private boolean isAskedFor(RunSummary run) {
    LocalDate day = LocalDate.ofInstant(run.finishedAt(), ZoneOffset.UTC);
    return (kernel == null || kernel.equals(run.kernel()))
        && (network == null || network.equals(run.network()))
        && (status == null || status.equals(run.status()))
        && (since == null || !day.isBefore(since))
        && (until == null || !day.isAfter(until));
  }

  private static void print(RunSummary run) {
    System.out.printf(
        "%s  %s  %-8s  %-12s  %-8s  %s%n",
        run.id().substring(0, ID_DIGITS),
        run.finishedAt(),
        run.status(),
        run.kernel() + (run.problemClass().isEmpty() ? "" : "." + run.problemClass()),
        run.network(),
        run.job().isOfScheduler() ? run.job().fileName() : "");
  }
}
