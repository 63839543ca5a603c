package io.weft.batch;

import io.weft.cli.ExitStatus;
import io.weft.cli.WeftException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.waiters.Waiter;
import software.amazon.awssdk.core.waiters.WaiterAcceptor;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.JobStatus;

/** {@code weft batch watch}. */
@Command(
    name = "watch",
    description = "Shows what a job and each of its nodes do, until the job ends.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:the job succeeded",
      "1:the job failed and no exit code of its main node is known",
      "2:wrong arguments",
      "3:there is no such job, no region or no credentials, or AWS cannot be reached",
      "other:the exit code of the job's main node, which may also be 1, 2 or 3"
    })
public final class WatchCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "ID", description = "The job.")
  private String id;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How often to look (default ${DEFAULT-VALUE}).")
  private double everySeconds;

  @Mixin private Aws aws;
  @Spec private CommandSpec spec;

  private final Map<String, String> said = new HashMap<>();

  /** Made by picocli. */
  public WatchCommand() {}

  @Override
  public Integer call() {
    if (!(everySeconds > 0 && everySeconds <= 3600)) {
      throw new ParameterException(
          spec.commandLine(), "--every " + everySeconds + " is not above 0 and up to 3600");
    }
    // A node's end is not the job's.
    JobId job = JobId.of(id).node(-1);
    try (BatchClient batch = aws.batch()) {
      return end(watch(new Jobs(aws, batch), job));
    }
  }

  /** A job and its nodes at one time. */
  private record Look(JobDetail job, List<JobDetail> nodes) {
    boolean isOver() {
      return job.status() == JobStatus.SUCCEEDED || job.status() == JobStatus.FAILED;
    }
  }

  private Look watch(Jobs jobs, JobId job) {
    Waiter<Look> waiter =
        Waiter.builder(Look.class)
            .addAcceptor(WaiterAcceptor.successOnResponseAcceptor(Look::isOver))
            .addAcceptor(WaiterAcceptor.retryOnResponseAcceptor(look -> true))
            .overrideConfiguration(
                configuration ->
                    configuration
                        .maxAttempts(Integer.MAX_VALUE)
                        .backoffStrategyV2(
                            BackoffStrategy.fixedDelayWithoutJitter(
                                Duration.ofMillis((long) (everySeconds * 1000)))))
            .build();
    try {
      return waiter.run(() -> look(jobs, job)).matched().response().orElseThrow();
    } catch (SdkClientException wrapped) {
      // The waiter wraps what its function throws; ours has the words.
      if (wrapped.getCause() instanceof WeftException failure) {
        throw failure;
      }
      throw wrapped;
    }
  }

  private Look look(Jobs jobs, JobId id) {
    JobDetail job = jobs.find(id);
    List<JobDetail> nodes = jobs.nodes(job);
    PrintWriter out = spec.commandLine().getOut();
    boolean changed = false;
    for (JobDetail node : nodes) {
      changed |= say(out, node.jobId(), node);
    }
    changed |= say(out, job.jobId(), job);
    if (changed && !nodes.isEmpty()) {
      Map<String, Long> counts =
          nodes.stream()
              .collect(
                  Collectors.groupingBy(
                      JobDetail::statusAsString, TreeMap::new, Collectors.counting()));
      out.println(
          "nodes: "
              + counts.entrySet().stream()
                  .map(each -> each.getValue() + " " + each.getKey())
                  .collect(Collectors.joining(", "))
              + ", of "
              + job.nodeProperties().numNodes());
    }
    out.flush();
    return new Look(job, nodes);
  }

  /** Says what is new of a job or node. */
  private boolean say(PrintWriter out, String name, JobDetail detail) {
    String words =
        detail.statusAsString()
            + (detail.statusReason() == null ? "" : ": " + detail.statusReason());
    if (Objects.equals(said.put(name, words), words)) {
      return false;
    }
    out.println(name + " " + words);
    return true;
  }

  private int end(Look look) {
    if (look.job().status() == JobStatus.SUCCEEDED) {
      return ExitStatus.OK;
    }
    int main = look.job().nodeProperties() == null ? 0 : look.job().nodeProperties().mainNode();
    for (JobDetail node : look.nodes()) {
      Integer code = node.container() == null ? null : node.container().exitCode();
      if (JobId.of(node.jobId()).node() == main && code != null && code != 0) {
        System.err.println(
            "weft: the main node ended with "
                + code
                + "; see: weft batch logs '"
                + node.jobId()
                + "'");
        return code;
      }
    }
    System.err.println(
        "weft: the job failed, and its main node has no exit code: "
            + (look.job().statusReason() == null ? "no reason given" : look.job().statusReason()));
    return ExitStatus.FAILED;
  }
}
