package io.weft.cli.spool;

import io.weft.cli.ExitStatus;
import io.weft.cli.WeftException;
import io.weft.launch.JobIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft spool send}: a note by hand, where no epilog of the scheduler writes one. */
@Command(
    name = "send",
    description =
        "Leaves a note that this job has ended, for 'weft spool serve'. For job scripts of clusters"
            + " that have no EpilogSlurmctld; inside a job of Slurm or AWS Batch only.",
    mixinStandardHelpOptions = true)
final class SendCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FOLDER",
      description = "Bundles of the job, or folders that hold them.")
  private List<Path> bundles;

  @Option(
      names = "--spool",
      paramLabel = "DIR",
      description = "The spool (default: $" + Spool.VARIABLE + ", else " + Spool.DEFAULT + ").")
  private Path spool;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      defaultValue = RunEnd.FAILED,
      description = "How it ended, as Slurm names states (default ${DEFAULT-VALUE}).")
  private String state;

  @Option(
      names = "--exit-code",
      paramLabel = "N",
      defaultValue = "-1",
      description = "The exit status of its script (default: unknown).")
  private int exitCode;

  @Override
  public Integer call() {
    JobIdentity job = SpoolCommand.job();
    Spool folders = Spool.of(spool, System.getenv());
    try {
      List<Path> absolute =
          bundles.stream().map(path -> path.toAbsolutePath().normalize()).toList();
      Path note = folders.drop(new Note(job, state, exitCode, absolute, Instant.now()));
      SpoolLog.say("left " + note);
      return ExitStatus.OK;
    } catch (IllegalArgumentException wrong) {
      throw new WeftException(ExitStatus.USAGE, wrong.getMessage());
    } catch (IOException broken) {
      throw new WeftException(
          ExitStatus.UNAVAILABLE,
          "cannot leave a note in "
              + folders.incoming()
              + ": "
              + broken
              + "; 'weft spool serve' makes that folder");
    }
  }
}
