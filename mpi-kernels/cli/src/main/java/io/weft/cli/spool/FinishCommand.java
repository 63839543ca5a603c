package io.weft.cli.spool;

import io.weft.cli.ExitStatus;
import io.weft.cli.WeftException;
import io.weft.launch.JobIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft spool finish}: makes failed bundles at once, where no service comes by. */
@Command(
    name = "finish",
    description =
        "Makes failed bundles of the runs of this job that ended without a result, before their"
            + " container ends; inside a job of Slurm or AWS Batch, whose ranks have all ended.",
    mixinStandardHelpOptions = true)
final class FinishCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FOLDER",
      description = "Folders of runs, or folders that hold them.")
  private List<Path> folders;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      defaultValue = RunEnd.FAILED,
      description = "How they ended, as Slurm names states (default ${DEFAULT-VALUE}).")
  private String state;

  @Option(
      names = "--exit-code",
      paramLabel = "N",
      defaultValue = "-1",
      description = "The exit status of what ran them (default: unknown).")
  private int exitCode;

  @Override
  public Integer call() {
    JobIdentity job = SpoolCommand.job();
    try {
      RunEnd end =
          new RunEnd(state, exitCode, "what ran it ended, and the run had left no manifest");
      for (BundleSearch.Found run :
          BundleSearch.of(job, folders.stream().map(Path::toAbsolutePath).toList())) {
        if (run.job().equals(job) && FailedBundle.finish(run.path(), end)) {
          SpoolLog.say("finalised " + run.path() + " as failed: " + end.reason());
        }
      }
      return ExitStatus.OK;
    } catch (IllegalArgumentException wrong) {
      throw new WeftException(ExitStatus.USAGE, wrong.getMessage());
    } catch (IOException broken) {
      throw new WeftException(
          ExitStatus.UNAVAILABLE,
          "a run's bundle cannot be made: " + broken + "; it stays as it is");
    }
  }
}
