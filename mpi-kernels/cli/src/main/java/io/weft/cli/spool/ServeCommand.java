package io.weft.cli.spool;

import io.weft.cli.ExitStatus;
import io.weft.cli.WeftException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weft spool serve}: the service on the head node. */
@Command(
    name = "serve",
    description =
        "Waits for notes of ended jobs, marks runs as failed that left no manifest, and hands whole"
            + " bundles to 'weft results announce' where that is set up (WEFT_RESULTS_...).",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final long POLL_MILLIS = 2000;
  private static final int PASSES_BETWEEN_SWEEPS = 1800;

  @Option(
      names = "--spool",
      paramLabel = "DIR",
      description = "The spool (default: $" + Spool.VARIABLE + ", else " + Spool.DEFAULT + ").")
  private Path spool;

  @Option(names = "--once", description = "Go through the notes that are there, then end.")
  private boolean once;

  @Option(
      names = "--settle",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "The age a note must have: processes may still end (default ${DEFAULT-VALUE}).")
  private int settleSeconds;

  @Option(
      names = "--trust",
      paramLabel = "USER",
      description =
          "A user whose notes may name bundles of anybody; may be repeated. Default: slurm. Root"
              + " and who runs this always may; all others name their own.")
  private List<String> trust = new ArrayList<>();

  @Option(
      names = "--keep",
      paramLabel = "DAYS",
      defaultValue = "30",
      description = "How long notes are kept that were worked through (default ${DEFAULT-VALUE}).")
  private int keepDays;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (settleSeconds < 0 || keepDays < 1) {
      throw new WeftException(ExitStatus.USAGE, "--settle is 0 or more, and --keep 1 or more");
    }
    Spool folders = Spool.of(spool, System.getenv());
    Set<String> trusted = new HashSet<>(trust.isEmpty() ? List.of("slurm") : trust);
    trusted.add("root");
    trusted.add(System.getProperty("user.name"));
    Publisher publisher = Publisher.among(spec.root().commandLine(), System.getenv());
    SpoolService service =
        new SpoolService(
            folders,
            trusted,
            Duration.ofSeconds(settleSeconds),
            SlurmStates.of(System.getenv()),
            publisher);
    try {
      folders.prepare();
      serve(folders, service, publisher);
    } catch (IOException broken) {
      throw new WeftException(
          ExitStatus.UNAVAILABLE,
          "the spool " + folders.root() + " cannot be used: " + broken + "; is it mounted?");
    }
    return ExitStatus.OK;
  }

  private void serve(Spool folders, SpoolService service, Publisher publisher)
      throws IOException, InterruptedException {
    try (FileChannel file =
            FileChannel.open(
                folders.announced().resolve(".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = file.tryLock()) {
      if (lock == null) {
        throw new WeftException(
            ExitStatus.UNAVAILABLE,
            "another 'weft spool serve' works on " + folders.root() + "; one is enough");
      }
      SpoolLog.say(
          "serving "
              + folders.root()
              + (publisher.lack() == null ? "" : "; nothing is published: " + publisher.lack()));
      for (int passes = 0; ; passes++) {
        if (passes % PASSES_BETWEEN_SWEEPS == 0) {
          folders.forget(Duration.ofDays(keepDays));
        }
        service.pass();
        if (once) {
          return;
        }
        Thread.sleep(POLL_MILLIS);
      }
    }
  }
}
