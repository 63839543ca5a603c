package io.weft.results.command;

import io.weft.cli.ExitStatus;
import io.weft.cli.WeftException;
import io.weft.results.aws.AwsSettings;
import io.weft.results.aws.AwsSite;
import io.weft.results.hook.EventSpool;
import io.weft.results.local.LocalSite;
import io.weft.results.port.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** Which pipeline: that on AWS, or one on this machine. */
final class SiteOptions {
  /** A pipeline on this machine. */
  static final String LOCAL = "WEFT_RESULTS_LOCAL";

  /** Where events wait that could not be published. */
  static final String SPOOL = "WEFT_RESULTS_SPOOL";

  private static final String DEFAULT_SPOOL = "/shared/weft/spool/events";
  private static final Duration HOOK_PATIENCE = Duration.ofSeconds(6);

  @Option(
      names = "--local",
      paramLabel = "DIR",
      description =
          "Without AWS: bucket, queues and catalog are in this folder, which is made if it is"
              + " missing (default: WEFT_RESULTS_LOCAL, if it is set).")
  private Path local;

  @Option(
      names = "--spool",
      paramLabel = "DIR",
      description =
          "Where events wait that could not be published, on storage that outlives the node"
              + " (default: WEFT_RESULTS_SPOOL, else "
              + DEFAULT_SPOOL
              + "; none with --local).")
  private Path spool;

  private final Map<String, String> environment = System.getenv();

  private Path local() {
    String variable = environment.getOrDefault(LOCAL, "");
    return local != null || variable.isEmpty() ? local : Path.of(variable);
  }

  boolean isLocal() {
    return local() != null;
  }

  /** The pipeline for workers. */
  Site open() throws IOException {
    return isLocal() ? LocalSite.open(local()) : AwsSite.forWorkers(new AwsSettings(environment));
  }

  /** The pipeline for hooks, which must not wait. */
  Site openForHook() throws IOException {
    return isLocal()
        ? LocalSite.open(local())
        : AwsSite.forHooks(new AwsSettings(environment), HOOK_PATIENCE);
  }

  /** The spool; null if there is none. */
  EventSpool spool() {
    if (spool != null) {
      return new EventSpool(spool.toAbsolutePath());
    }
    String variable = environment.getOrDefault(SPOOL, "");
    if (isLocal() && variable.isEmpty()) {
      return null;
    }
    return new EventSpool(Path.of(variable.isEmpty() ? DEFAULT_SPOOL : variable));
  }

  /** Runs a command; what cannot be reached or read is told in a sentence. */
  static int told(Callable<Integer> work) throws Exception {
    try {
      return work.call();
    } catch (IOException away) {
      throw new WeftException(ExitStatus.UNAVAILABLE, words(away));
    }
  }

  private static String words(IOException away) {
    return away.getMessage() == null ? away.toString() : away.getMessage();
  }
}
