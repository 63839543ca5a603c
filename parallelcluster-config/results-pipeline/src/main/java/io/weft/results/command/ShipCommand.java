package io.weft.results.command;

import io.weft.cli.ExitStatus;
import io.weft.results.hook.Announcer;
import io.weft.results.hook.EventSpool;
import io.weft.results.port.Site;
import io.weft.results.ship.ShipSettings;
import io.weft.results.ship.Shipper;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weft results ship}: the worker. */
@Command(
    name = "ship",
    description = {
      "Carries announced bundles to the bucket, and ends when there are no more of them.",
      "Any number of them may work at the same time, and be ended at any point: another goes on"
          + " with the parts that are in the bucket."
    },
    mixinStandardHelpOptions = true)
public final class ShipCommand implements Callable<Integer> {
  private static final long MEBIBYTE = 1L << 20;

  @Option(names = "--serve", description = "Go on until interrupted, waiting for more.")
  private boolean serve;

  @Option(
      names = "--part-mib",
      paramLabel = "MIB",
      defaultValue = "8",
      description = "The size of an upload's parts (default ${DEFAULT-VALUE}).")
  private long partMebibytes;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "4",
      description =
          "How many parts are on their way at the same time (default ${DEFAULT-VALUE}); memory for"
              + " one more is used.")
  private int parallel;

  @Option(
      names = "--visibility",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description =
          "How long after a shipper's end another gets its bundle (default ${DEFAULT-VALUE}).")
  private int visibilitySeconds;

  @Mixin private SiteOptions site;
  @Spec private CommandSpec spec;

  /** Made by picocli. */
  public ShipCommand() {}

  @Override
  public Integer call() throws Exception {
    ShipSettings settings = settings();
    return SiteOptions.told(
        () -> {
          try (Site open = site.open();
              ShipOutput output = new ShipOutput(System.err, System.console() != null)) {
            Shipper shipper = new Shipper(open, settings, output);
            Announcer announcer = new Announcer(open, null, false);
            if (serve) {
              serve(shipper, announcer, output);
              return ExitStatus.OK;
            }
            drain(announcer, output);
            Shipper.Tally tally = shipper.untilEmpty();
            System.out.println("shipped %d, failed %d".formatted(tally.shipped(), tally.failed()));
            return tally.failed() == 0 ? ExitStatus.OK : ExitStatus.FAILED;
          }
        });
  }

  private ShipSettings settings() {
    try {
      return new ShipSettings(
          Math.multiplyExact(partMebibytes, MEBIBYTE),
          parallel,
          Duration.ofSeconds(visibilitySeconds));
    } catch (IllegalArgumentException | ArithmeticException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage());
    }
  }

  /** A signal ends the JVM, wherever the shipper is: that is as good as any other end. */
  private void serve(Shipper shipper, Announcer announcer, ShipOutput output)
      throws IOException, InterruptedException {
    shipper.serve(
        () -> {
          try {
            drain(announcer, output);
          } catch (IOException away) {
            output.say("the spool waits on: " + away.getMessage());
          }
        });
  }

  private void drain(Announcer announcer, ShipOutput output) throws IOException {
    EventSpool spool = site.spool();
    int published = spool == null ? 0 : spool.drain(announcer::publish);
    if (published > 0) {
      output.say("published " + published + " events of the spool");
    }
  }
}
