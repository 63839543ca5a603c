package io.weft.results.command;

import io.weft.cli.ExitStatus;
import io.weft.results.port.Site;
import io.weft.results.upkeep.Pruner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weft results prune}. */
@Command(
    name = "prune",
    description = {
      "Removes bundles from the disk, each after it and its copy in the bucket were compared with"
          + " the manifest, file by file.",
      "A folder with anything that its manifest does not name stays, and so does one that changed"
          + " or cannot be read; then the exit status is 1."
    },
    mixinStandardHelpOptions = true)
public final class PruneCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "Where bundles are.")
  private Path root;

  @Option(
      names = "--older-than",
      paramLabel = "DAYS",
      required = true,
      description = "Only runs that finished more than so many days ago.")
  private int days;

  @Option(names = "--dry-run", description = "Compare, and only say what would go.")
  private boolean dryRun;

  @Mixin private SiteOptions site;
  @Spec private CommandSpec spec;

  /** Made by picocli. */
  public PruneCommand() {}

  @Override
  public Integer call() throws Exception {
    if (days < 0) {
      throw new ParameterException(spec.commandLine(), "--older-than " + days + " is less than 0");
    }
    return SiteOptions.told(
        () -> {
          try (Site open = site.open()) {
            Pruner.Outcome outcome =
                new Pruner(open.objects(), line -> System.err.println("weft results: " + line))
                    .prune(root, Instant.now().minus(Duration.ofDays(days)), dryRun);
            System.out.println((dryRun ? "would prune " : "pruned ") + outcome.pruned());
            return outcome.stay() == 0 ? ExitStatus.OK : ExitStatus.FAILED;
          }
        });
  }
}
