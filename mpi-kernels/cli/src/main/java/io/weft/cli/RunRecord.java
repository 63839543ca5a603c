package io.weft.cli;

import io.weft.cli.doctor.Instances;
import io.weft.comm.Transport;
import io.weft.kernels.Check;
import io.weft.kernels.KernelResult;
import io.weft.kernels.PhaseTime;
import io.weft.kernels.Verification;
import io.weft.launch.JobIdentity;
import io.weft.launch.Processor;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything that is known of a run, and its form in {@code result.json}.
 *
 * @param options what was asked for
 * @param plan the ranks' JVMs
 * @param choice the network decided on
 * @param result what the kernel found
 * @param transport what messages really crossed
 * @param hosts the host of each rank
 * @param instances the machines, one for each host
 * @param mpiLibrary the MPI that started the ranks
 * @param traffic what all ranks sent
 * @param started when the ranks started
 */
record RunRecord(
    RunOptions options,
    RankPlan plan,
    NetworkChoice choice,
    KernelResult result,
    Transport transport,
    List<String> hosts,
    Instances instances,
    String mpiLibrary,
    TrafficTotals traffic,
    Instant started) {
  /** Changes when a field changes its meaning or goes. */
  static final int FORMAT = 2;

  ObjectNode json() {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("format", FORMAT);
    root.put("status", result.verification().passed() ? "verified" : "failed");
    JobIdentity job = JobIdentity.of(System.getenv());
    if (job.isOfScheduler()) {
      root.putObject("job")
          .put("cluster", job.cluster())
          .put("jobId", job.jobId())
          .put("attempt", job.attempt());
    }
    root.put("kernel", result.kernel());
    root.put("class", result.problemClass());
    root.put("ranks", result.ranks());
    root.put("started", started.toString());
    root.put("finished", Instant.now().toString());
    root.set("verification", verification(result.verification()));
    root.put("seconds", result.seconds());
    root.put("megaOperationsPerSecond", result.megaOperationsPerSecond());
    root.put("communicationShare", result.communicationShare());
    root.put("loadImbalance", result.loadImbalance());
    root.put("resumedAfter", result.resumedAfter());
    root.set("phases", phases());
    root.set("asked", asked());
    root.set("found", found());
    root.set("traffic", sent());
    root.set("jvm", plan.json());
    root.set("versions", versions());
    ArrayNode names = root.putArray("hosts");
    hosts.forEach(names::add);
    root.set("instances", instances.json());
    return root;
  }

  private static ObjectNode verification(Verification verification) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("passed", verification.passed());
    ArrayNode checks = node.putArray("checks");
    for (Check check : verification.checks()) {
      ObjectNode one = checks.addObject();
      one.put("passed", check.passed());
      one.put("quantity", check.quantity());
      one.put("expected", check.expected());
      one.put("found", check.found());
      one.put("relativeError", check.relativeError());
      one.put("relativeTolerance", check.relativeTolerance());
    }
    node.put("source", verification.source());
    return node;
  }

  private ArrayNode phases() {
    ArrayNode array = Json.MAPPER.createArrayNode();
    for (PhaseTime phase : result.phases()) {
      ObjectNode node = array.addObject();
      node.put("name", phase.name());
      node.put("communication", phase.communication());
      node.put("minSeconds", phase.minSeconds());
      node.put("meanSeconds", phase.meanSeconds());
      node.put("maxSeconds", phase.maxSeconds());
    }
    return array;
  }

  private ObjectNode asked() {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("via", options.via.toString());
    node.put("network", choice.named() ? choice.network().toString() : "auto");
    node.put("intra", choice.intra() == null ? "auto" : choice.intra().toString());
    node.put("provider", options.provider);
    node.put("reason", choice.reason());
    ArrayNode arguments = node.putArray("arguments");
    for (String argument : ProcessArguments.ofTheUser(System.getenv())) {
      arguments.add(argument);
    }
    return node;
  }

  private ObjectNode found() {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("via", transport.via());
    node.put("library", transport.library());
    node.put("network", transport.network());
    node.put("intra", transport.intra());
    node.put("provider", transport.provider());
    node.put("protocol", transport.protocol());
    node.put("device", transport.device());
    node.put("emulated", transport.isEmulated());
    transport.evidence().forEach(node.putArray("evidence")::add);
    return node;
  }

  private ObjectNode sent() {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("messages", traffic.messages());
    node.put("messageBytes", traffic.messageBytes());
    node.put("collectives", traffic.collectives());
    node.put("collectiveBytes", traffic.collectiveBytes());
    node.put("oneSided", traffic.oneSided());
    node.put("oneSidedBytes", traffic.oneSidedBytes());
    return node;
  }

  private ObjectNode versions() {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("weft", Version.weft());
    node.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    node.put("mpi", mpiLibrary);
    node.put("library", transport.library());
    node.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    node.put("architecture", System.getProperty("os.arch"));
    node.put("processor", Processor.model());
    return node;
  }
}
