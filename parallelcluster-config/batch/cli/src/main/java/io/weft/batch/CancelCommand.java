package io.weft.batch;

import io.weft.cli.ExitStatus;
import io.weft.cli.WeftException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.JobStatus;

/** {@code weft batch cancel}. */
@Command(
    name = "cancel",
    description = "Ends a job, whether it waits or runs.",
    mixinStandardHelpOptions = true)
public final class CancelCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "ID", description = "The job.")
  private String id;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "weft batch cancel",
      description = "What the job's record will say (default: ${DEFAULT-VALUE}).")
  private String reason;

  @Mixin private Aws aws;

  /** Made by picocli. */
  public CancelCommand() {}

  @Override
  public Integer call() {
    JobId job = JobId.of(id);
    if (job.node() >= 0) {
      throw new WeftException(
          ExitStatus.USAGE, job + " is one node; a job ends as a whole: give " + job.job());
    }
    try (BatchClient batch = aws.batch()) {
      // TerminateJob says yes to jobs that there are not.
      JobDetail found = new Jobs(aws, batch).find(job);
      if (found.status() == JobStatus.SUCCEEDED || found.status() == JobStatus.FAILED) {
        System.err.println("weft: " + job + " has ended before: " + found.statusAsString());
        return ExitStatus.OK;
      }
      aws.call(
          "TerminateJob",
          () -> batch.terminateJob(request -> request.jobId(job.job()).reason(reason)));
      System.err.println("weft: AWS Batch ends " + job + ", which was " + found.statusAsString());
    }
    return ExitStatus.OK;
  }
}
