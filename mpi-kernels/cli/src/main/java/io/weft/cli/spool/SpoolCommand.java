package io.weft.cli.spool;

import io.weft.cli.ExitStatus;
import io.weft.cli.Subcommand;
import io.weft.cli.WeftException;
import io.weft.launch.JobIdentity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weft spool}: what becomes of runs whose job has ended. */
@Command(
    name = "spool",
    description = "Works through notes of ended jobs, so that no run is lost that left no result.",
    mixinStandardHelpOptions = true,
    subcommands = {ServeCommand.class, SendCommand.class, FinishCommand.class},
    synopsisSubcommandLabel = "COMMAND")
public final class SpoolCommand implements Subcommand {
  @Spec private CommandSpec spec;

  /** Made by the service loader. */
  public SpoolCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "say which: serve, send or finish");
  }

  /** The scheduler's job that this process is in. */
  static JobIdentity job() {
    JobIdentity job = JobIdentity.of(System.getenv());
    if (!job.isOfScheduler()) {
      throw new WeftException(
          ExitStatus.USAGE,
          "this is no job of a scheduler: neither SLURM_JOB_ID nor AWS_BATCH_JOB_ID is set");
    }
    return job;
  }
}
