package io.weft.results.command;

import io.weft.cli.ExitStatus;
import io.weft.results.catalog.CatalogWorker;
import io.weft.results.port.Site;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weft results catalog}: the worker that keeps the catalog. */
@Command(
    name = "catalog",
    description =
        "Brings what came into and went from the bucket into the catalog, and ends when there is"
            + " no more of it.",
    mixinStandardHelpOptions = true)
public final class CatalogCommand implements Callable<Integer> {
  @Option(names = "--serve", description = "Go on until interrupted, waiting for more.")
  private boolean serve;

  @Mixin private SiteOptions site;

  /** Made by picocli. */
  public CatalogCommand() {}

  @Override
  public Integer call() throws Exception {
    return SiteOptions.told(
        () -> {
          Consumer<String> say = line -> System.err.println("weft results: " + line);
          try (Site open = site.open()) {
            CatalogWorker worker = new CatalogWorker(open, say);
            if (serve) {
              worker.serve();
            }
            return worker.untilEmpty() == 0 ? ExitStatus.OK : ExitStatus.FAILED;
          }
        });
  }
}
