package io.weft.results.command;

import io.weft.cli.ExitStatus;
import io.weft.cli.WeftException;
import io.weft.launch.JobIdentity;
import io.weft.results.Refused;
import io.weft.results.hook.Announcer;
import io.weft.results.port.Site;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft results announce}: the hook. */
@Command(
    name = "announce",
    description = {
      "Announces a bundle, so that it is shipped. Ends within seconds: if the topic cannot be"
          + " reached, the event waits in the spool, and 'weft results ship' publishes it.",
      "Announcing a run twice is no harm: it is known by its job, attempt and manifest."
    },
    mixinStandardHelpOptions = true)
public final class AnnounceCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "BUNDLE", description = "The bundle's folder.")
  private Path bundle;

  @Option(
      names = "--job",
      paramLabel = "CLUSTER,JOB,ATTEMPT",
      converter = JobConverter.class,
      description = "Whose run it is (default: what result.json says).")
  private JobIdentity job;

  @Option(
      names = "--outlives-node",
      defaultValue = "${env:WEFT_RESULTS_OUTLIVES_NODE:-false}",
      description =
          "This machine's own disks stay when the job ends, as a head node's do (default: true if"
              + " WEFT_RESULTS_OUTLIVES_NODE is true). Otherwise bundle and spool must be on a"
              + " shared file system.")
  private boolean outlivesNode;

  @Mixin private SiteOptions site;

  /** Made by picocli. */
  public AnnounceCommand() {}

  @Override
  public Integer call() throws Exception {
    return SiteOptions.told(
        () -> {
          try (Site open = site.openForHook()) {
            boolean nodeEnds = !outlivesNode && !site.isLocal();
            Announcer.Outcome outcome =
                new Announcer(open, site.spool(), nodeEnds).announce(bundle, job);
            if (outcome == Announcer.Outcome.PUBLISHED) {
              System.err.println("weft: announced " + bundle);
            }
            return ExitStatus.OK;
          } catch (Refused refused) {
            throw new WeftException(ExitStatus.FAILED, bundle + ": " + refused.getMessage());
          }
        });
  }
}
