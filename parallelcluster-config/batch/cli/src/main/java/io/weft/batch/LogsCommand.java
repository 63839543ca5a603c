package io.weft.batch;

import io.weft.cli.ExitStatus;
import io.weft.cli.WeftException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.ContainerDetail;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;

/** {@code weft batch logs}. */
@Command(
    name = "logs",
    description = "Prints what a node of a job has written, from CloudWatch Logs.",
    mixinStandardHelpOptions = true)
public final class LogsCommand implements Callable<Integer> {
  /** Where AWS Batch writes unless the definition says otherwise. */
  private static final String DEFAULT_GROUP = "/aws/batch/job";

  private static final String GROUP = "awslogs-group";

  @Parameters(
      index = "0",
      paramLabel = "ID#N",
      description = "The node, in quotes; ID alone means the main node.")
  private String id;

  @Mixin private Aws aws;
  @Spec private CommandSpec spec;

  /** Made by picocli. */
  public LogsCommand() {}

  @Override
  public Integer call() {
    JobId asked = JobId.of(id);
    try (BatchClient batch = aws.batch();
        CloudWatchLogsClient logs = aws.logs()) {
      Jobs jobs = new Jobs(aws, batch);
      JobDetail detail = jobs.find(asked);
      if (asked.node() < 0 && detail.nodeProperties() != null) {
        detail = jobs.find(asked.node(detail.nodeProperties().mainNode()));
      }
      ContainerDetail container = detail.container();
      if (container == null || container.logStreamName() == null) {
        throw new WeftException(
            ExitStatus.UNAVAILABLE,
            "%s is %s and has written nothing yet: its log begins when its container starts"
                .formatted(detail.jobId(), detail.statusAsString()));
      }
      print(logs, group(container), container.logStreamName());
    }
    return ExitStatus.OK;
  }

  private static String group(ContainerDetail container) {
    Map<String, String> options =
        container.logConfiguration() == null ? Map.of() : container.logConfiguration().options();
    return options.getOrDefault(GROUP, DEFAULT_GROUP);
  }

  private void print(CloudWatchLogsClient logs, String group, String stream) {
    PrintWriter out = spec.commandLine().getOut();
    GetLogEventsRequest request =
        GetLogEventsRequest.builder()
            .logGroupName(group)
            .logStreamName(stream)
            .startFromHead(true)
            .build();
    aws.call(
        "GetLogEvents of " + group + " " + stream,
        () -> {
          String last = null;
          for (GetLogEventsResponse page : logs.getLogEventsPaginator(request)) {
            page.events().forEach(event -> out.println(event.message().stripTrailing()));
            // The end of a stream is told by the token that was sent.
            if (page.nextForwardToken() == null || page.nextForwardToken().equals(last)) {
              break;
            }
            last = page.nextForwardToken();
          }
          out.flush();
          return null;
        });
  }
}
