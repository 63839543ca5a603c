package io.weft.batch;

import io.weft.cli.ExitStatus;
import io.weft.cli.Json;
import io.weft.kernels.Kernels;
import io.weft.launch.Network;
import io.weft.launch.Via;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.RegisterJobDefinitionResponse;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;
import software.amazon.awssdk.services.batch.model.SubmitJobResponse;

/** {@code weft batch submit}. */
@Command(
    name = "submit",
    description = {
      "Submits a kernel as a multi-node parallel job and prints the job's id.",
      "The job gets a one-time token by which its nodes recognise each other. Whoever may describe"
          + " the job in this account can read it; nothing prints it."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Words after -- go to 'weft run' as they are: -- --class B --checkpoint 5."})
public final class SubmitCommand implements Callable<Integer> {
  private static final int MOST_NODES = 1000;
  private static final int TOKEN_BYTES = 32;

  @Parameters(index = "0", paramLabel = "KERNEL", description = "See 'weft list'.")
  private String kernel;

  @Parameters(
      index = "1..*",
      paramLabel = "-- ARGS",
      hideParamSyntax = true,
      arity = "0..*",
      description = "More arguments of 'weft run'.")
  private List<String> more = new ArrayList<>();

  @Option(names = "--nodes", required = true, paramLabel = "N", description = "How many nodes.")
  private int nodes;

  @Option(
      names = {"-n", "--ranks"},
      paramLabel = "N",
      description = "How many ranks on all nodes together (default: one on each).")
  private Integer ranks;

  @Option(
      names = "--class",
      paramLabel = "CLASS",
      defaultValue = "S",
      description = "The problem class (default ${DEFAULT-VALUE}).")
  private String problemClass;

  @Option(
      names = "--via",
      paramLabel = "mpi|libfabric",
      defaultValue = "mpi",
      description = "The library that messages go through (default ${DEFAULT-VALUE}).")
  private String via;

  @Option(
      names = "--network",
      paramLabel = "NETWORK",
      defaultValue = "auto",
      description = "auto, efa or ena (default ${DEFAULT-VALUE}).")
  private String network;

  @Option(
      names = "--queue",
      paramLabel = "NAME",
      required = true,
      defaultValue = "${env:WEFT_BATCH_QUEUE}",
      description = "The job queue, a name or an ARN (default: WEFT_BATCH_QUEUE).")
  private String queue;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The job's name (default: weft-KERNEL-CLASS-NODES).")
  private String name;

  @Option(
      names = "--dry-run",
      description = "Change nothing: print the requests that would be sent, as JSON.")
  private boolean dryRun;

  @Mixin private DefinitionOptions definition;
  @Mixin private Aws aws;
  @Spec private CommandSpec spec;

  /** Made by picocli. */
  public SubmitCommand() {}

  @Override
  public Integer call() {
    check();
    PrintWriter out = spec.commandLine().getOut();
    try (BatchClient batch = aws.batch()) {
      Definitions.Plan plan = new Definitions(aws, batch).plan(definition);
      byte[] token = new byte[TOKEN_BYTES];
      new SecureRandom().nextBytes(token);
      Submission submission =
          new Submission(name, queue, nodes, slots(), command(), HexFormat.of().formatHex(token));
      if (dryRun) {
        out.println(Json.text(new DryRun(aws).requests(plan, submission)));
        return ExitStatus.OK;
      }
      String arn = plan.found() == null ? null : plan.found().jobDefinitionArn();
      if (plan.register() != null) {
        RegisterJobDefinitionResponse registered =
            aws.call("RegisterJobDefinition", () -> batch.registerJobDefinition(plan.register()));
        arn = registered.jobDefinitionArn();
        System.err.println("weft: registered " + arn);
      }
      SubmitJobRequest request = submission.request(arn, plan.nodes());
      SubmitJobResponse answer;
      try (BatchClient once = aws.batchOnce()) {
        answer = aws.call("SubmitJob", () -> once.submitJob(request));
      }
      System.err.println(
          "weft: submitted %s: %d nodes, %d ranks, definition %s; next: weft batch watch %s"
              .formatted(name, nodes, ranks, arn, answer.jobId()));
      out.println(answer.jobId());
      out.flush();
    }
    return ExitStatus.OK;
  }

  /** Ranks of one node: the job's hosts fill one after the other up to this. */
  private int slots() {
    return (ranks + nodes - 1) / nodes;
  }

  private List<String> command() {
    List<String> command = new ArrayList<>(List.of("weft", "run", kernel));
    command.addAll(List.of("--class", problemClass, "--ranks", Integer.toString(ranks)));
    command.addAll(List.of("--via", via, "--network", network));
    command.addAll(more);
    return command;
  }

  private void check() {
    try {
      if (nodes < 1 || nodes > MOST_NODES) {
        throw new IllegalArgumentException("--nodes " + nodes + " is not from 1 to " + MOST_NODES);
      }
      ranks = ranks == null ? nodes : ranks;
      if (ranks < nodes) {
        throw new IllegalArgumentException(
            "--ranks " + ranks + " leaves some of " + nodes + " nodes without any");
      }
      Kernels.check(Kernels.named(kernel), problemClass, ranks);
      Via.of(via);
      if (Network.of(network) == Network.SHM && nodes > 1) {
        throw new IllegalArgumentException("--network shm: nodes share no memory");
      }
      if (queue.isBlank()) {
        throw new IllegalArgumentException("--queue is empty: name the batch stack's queue");
      }
      name = name == null ? "weft-" + kernel + "-" + problemClass + "-" + nodes : name;
      if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,127}")) {
        throw new IllegalArgumentException(
            "--name " + name + ": letters, digits, - and _, at most 128, no - or _ in front");
      }
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage());
    }
    definition.check();
  }
}
