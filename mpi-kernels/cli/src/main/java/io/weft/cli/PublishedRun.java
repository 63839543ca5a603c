package io.weft.cli;

import io.weft.cli.spool.Publisher;
import io.weft.launch.JobIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A run whose bundle is announced to the results pipeline when it has ended, well or not. One that
 * a signal ends announces nothing: its time is over, and the scheduler's hook does it.
 */
final class PublishedRun {
  private final FrontRun run;
  private final Publisher publisher;

  PublishedRun(RunOptions options, Publisher publisher) {
    this.run = new FrontRun(options, ProcessBuilder.Redirect.INHERIT);
    this.publisher = publisher;
  }

  int run() throws IOException, InterruptedException {
    int status;
    try {
      status = run.run();
    } catch (IOException | RuntimeException failure) {
      announce();
      throw failure;
    }
    return announce() || status != ExitStatus.OK ? status : ExitStatus.UNAVAILABLE;
  }

  /** False if there is a bundle and it was not announced. */
  private boolean announce() {
    Path bundle = run.bundle();
    if (bundle == null
        || !Files.exists(bundle.resolve(Bundle.MANIFEST), LinkOption.NOFOLLOW_LINKS)) {
      System.err.println(
          "weft: there is no bundle to announce; with --bundle a failed run has one");
      return true;
    }
    if (publisher.announce(bundle.toAbsolutePath(), JobIdentity.of(System.getenv()))) {
      return true;
    }
    System.err.println(
        "weft: the bundle "
            + bundle
            + " was not announced; mend what is said above, then: weft results announce "
            + bundle);
    return false;
  }
}
