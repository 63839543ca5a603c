package io.weft.results.command;

import io.weft.cli.ExitStatus;
import io.weft.results.port.Site;
import io.weft.results.ship.BundleShipper;
import io.weft.results.ship.ShipSettings;
import io.weft.results.ship.ShipWatcher;
import io.weft.results.upkeep.Reconciler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code weft results reconcile}. */
@Command(
    name = "reconcile",
    description = {
      "Compares the bundles in a folder with bucket and catalog, byte for byte, and brings back"
          + " what is missing in any of them.",
      "A bundle that is not in the bucket is announced again, also if somebody removed it there"
          + " on purpose: remove it on the disk first."
    },
    mixinStandardHelpOptions = true)
public final class ReconcileCommand implements Callable<Integer> {
  private static final int PARALLEL = 4;

  @Parameters(index = "0", paramLabel = "DIR", description = "Where bundles are.")
  private Path root;

  @Mixin private SiteOptions site;

  /** Made by picocli. */
  public ReconcileCommand() {}

  @Override
  public Integer call() throws Exception {
    return SiteOptions.told(
        () -> {
          try (Site open = site.open()) {
            // A message's visibility has no meaning here: there is none.
            ShipSettings settings = new ShipSettings(8 << 20, PARALLEL, Duration.ofMinutes(1));
            Reconciler.Outcome outcome =
                new Reconciler(
                        open,
                        new BundleShipper(open.objects(), settings, ShipWatcher.NONE),
                        line -> System.err.println("weft results: " + line))
                    .reconcile(root);
            System.out.println(outcome);
            return outcome.broken() == 0 ? ExitStatus.OK : ExitStatus.FAILED;
          }
        });
  }
}
