package io.weft.results.command;

import io.weft.cli.ExitStatus;
import io.weft.results.audit.AuditWriter;
import io.weft.results.port.Site;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weft results audit}: writes down what was announced. */
@Command(
    name = "audit",
    description = {
      "Writes down each announced run, once, below audit/ in the bucket, and ends when there are no"
          + " more of them.",
      "On AWS what is written is locked for WEFT_RESULTS_AUDIT_DAYS days."
    },
    mixinStandardHelpOptions = true)
public final class AuditCommand implements Callable<Integer> {
  @Option(names = "--serve", description = "Go on until interrupted, waiting for more.")
  private boolean serve;

  @Mixin private SiteOptions site;

  /** Made by picocli. */
  public AuditCommand() {}

  @Override
  public Integer call() throws Exception {
    return SiteOptions.told(
        () -> {
          try (Site open = site.open()) {
            AuditWriter writer = new AuditWriter(open, line -> System.err.println("weft: " + line));
            if (serve) {
              writer.serve();
            }
            AuditWriter.Tally tally = writer.untilEmpty();
            System.out.println("wrote " + tally.written());
            return tally.failed() == 0 ? ExitStatus.OK : ExitStatus.FAILED;
          }
        });
  }
}
