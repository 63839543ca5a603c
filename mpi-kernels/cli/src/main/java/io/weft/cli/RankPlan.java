package io.weft.cli;

import io.weft.ffi.ProcessImage;
import io.weft.kernels.Kernel;
import io.weft.kernels.Kernels;
import io.weft.launch.EfaSharedMemory;
import io.weft.launch.Intra;
import io.weft.launch.Launcher;
import io.weft.launch.Network;
import io.weft.launch.RankEnvironment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How each rank's JVM is set up, from the number of ranks that share the host.
 *
 * @param localRanks ranks on one host
 * @param heapBytes the heap of each, allocated at start
 * @param processors that each JVM reckons with: its share of the host's
 * @param collector the garbage collector
 * @param bind {@code core}, {@code none}, or {@code by mpirun} where the user started it
 * @param yield whether a waiting rank lets others run
 * @param flags the flags of the JVM
 */
record RankPlan(
    int localRanks,
    long heapBytes,
    int processors,
    String collector,
    String bind,
    boolean yield,
    List<String> flags) {
  /** Carries the plan to the rank, as JSON; a JVM that finds it has these flags. */
  static final String VARIABLE = "WEFT_RANK_PLAN";

  private static final long MIB = 1 << 20;

  /** Code cache, metaspace, thread stacks and what libmpi or libfabric allocate. */
  private static final long OUTSIDE_HEAP_BYTES = 256 * MIB;

  /** Larger than any machine's memory; small enough to multiply by a number of ranks. */
  private static final long MOST_HEAP_BYTES = 1L << 43;

  private static final long LEAST_HEAP_BYTES = 128 * MIB;

  /** C1 and C2 with one thread each: the least that tiered compilation takes. */
  private static final int COMPILER_THREADS = 2;

  static RankPlan of(RunOptions options, int localRanks, Node node, String bindIfGiven) {
    Kernel kernel = Kernels.named(options.kernel);
    long need = kernel.memoryPerRankBytes(options.problemClass, options.ranks);
    long heap =
        options.heap == null
            ? Math.max(LEAST_HEAP_BYTES, roundUp(need + need / 4 + 64 * MIB))
            : parseSize(options.heap);
    refuseTooMuch(options, localRanks, heap, need, node);
    int processors =
        options.cpus == null
            ? Math.clamp(
                node.processors() / localRanks, 1, Runtime.getRuntime().availableProcessors())
            : options.cpus;
    if (processors < 1) {
      throw new WeftException(ExitStatus.USAGE, "--cpus " + processors + " is less than 1");
    }
    String collector = collector(options, processors);
    boolean enoughCores = localRanks <= node.cores();
    String bind =
        bindIfGiven != null
            ? bindIfGiven
            : options.bind != null ? options.bind : enoughCores ? "core" : "none";
    if (bind.equals("core") && !enoughCores) {
      throw new WeftException(
          ExitStatus.USAGE,
          "--bind core gives each rank a core of its own, and %d ranks share the %d of this host; use --bind none, or fewer ranks a host"
              .formatted(localRanks, node.cores()));
    }
    boolean yield = options.yield == null ? !enoughCores : options.yield;
    List<String> flags = new ArrayList<>();
    flags.add("-Xms" + heap);
    flags.add("-Xmx" + heap);
    flags.add("-XX:+Use" + collector + "GC");
    flags.add("-XX:ActiveProcessorCount=" + processors);
    flags.add("-XX:CICompilerCount=" + COMPILER_THREADS);
    flags.add("-XX:+AlwaysPreTouch");
    flags.add("-XX:+UseTransparentHugePages");
    if (!kernel.jvmModules().isEmpty()) {
      flags.add("--add-modules=" + String.join(",", kernel.jvmModules()));
    }
    flags.addAll(options.jvm);
    return new RankPlan(localRanks, heap, processors, collector, bind, yield, flags);
  }

  /** The plan that this JVM was started with, or null. */
  static RankPlan fromEnvironment(Map<String, String> environment) {
    String text = environment.get(VARIABLE);
    if (text == null) {
      return null;
    }
    JsonNode node = Json.MAPPER.readTree(text);
    List<String> flags = new ArrayList<>();
    node.get("flags").forEach(flag -> flags.add(flag.asString()));
    return new RankPlan(
        node.get("localRanks").asInt(),
        node.get("heapBytes").asLong(),
        node.get("processors").asInt(),
        node.get("collector").asString(),
        node.get("bind").asString(),
        node.get("yield").asBoolean(),
        flags);
  }

  /**
   * Inside an mpirun that the user started: this JVM becomes one with the plan's flags, so that
   * both ways of starting have one plan.
   */
  static void become(RunOptions options, List<String> arguments) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    int localRanks = Math.max(1, RankEnvironment.localSize(environment));
    RankPlan plan = of(options, localRanks, Node.sharedWithRanks(), "by mpirun");
    environment.putAll(plan.environment());
    if (options.network == Network.EFA) {
      boolean oneHost = localRanks == RankEnvironment.size(environment);
      boolean same = options.intra == Intra.SAME || options.intra == null && oneHost;
      environment.putAll(EfaSharedMemory.environment(same ? Intra.SAME : Intra.SHM));
    }
    environment.putAll(Launcher.jvmEnvironment(environment));
    ProcessImage.replace(plan.command(arguments), environment);
  }

  /** The program of a rank: java, flags, main class, arguments. */
  List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(JavaPath.ofThisJvm());
    command.addAll(flags);
    command.addAll(JavaPath.mainClass());
    command.addAll(arguments);
    return command;
  }

  /** The same JVM with nothing to do: says whether it starts. */
  List<String> trialCommand() {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(flags);
    command.add("--version");
    return command;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** What each rank finds in its environment. */
  Map<String, String> environment() {
    Map<String, String> result = new HashMap<>();
    result.put(VARIABLE, Json.MAPPER.writeValueAsString(json()));
    if (yield) {
      // Where the user started mpirun, this is the only way to tell Open MPI.
      result.put("OMPI_MCA_mpi_yield_when_idle", "1");
    }
    return result;
  }

  ObjectNode json() {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("localRanks", localRanks);
    node.put("heapBytes", heapBytes);
    node.put("processors", processors);
    node.put("collector", collector);
    node.put("bind", bind);
    node.put("yield", yield);
    flags.forEach(node.putArray("flags")::add);
    return node;
  }

  /** The plan in one line. */
  @Override
  public String toString() {
    return "heap %d MiB, %d processor%s, %sGC, bound to %s, %s"
        .formatted(
            heapBytes / MIB,
            processors,
            processors == 1 ? "" : "s",
            collector,
            bind,
            yield ? "yielding" : "spinning");
  }

  private static void refuseTooMuch(
      RunOptions options, int localRanks, long heap, long need, Node node) {
    long sum = localRanks * (heap + OUTSIDE_HEAP_BYTES);
    if (sum > node.memoryBytes()) {
      throw new WeftException(
          ExitStatus.UNAVAILABLE,
          "%d ranks on this host need %,d MiB (heap %,d MiB and %,d MiB beside it for each; %s"
                  .formatted(
                      localRanks, sum / MIB, heap / MIB, OUTSIDE_HEAP_BYTES / MIB, options.kernel)
              + " class %s holds %,d MiB a rank), and %,d MiB are to be had: use fewer ranks a host, a smaller class, or --heap"
                  .formatted(options.problemClass, need / MIB, node.memoryBytes() / MIB));
    }
    if (heap < need) {
      throw new WeftException(
          ExitStatus.UNAVAILABLE,
          "--heap %s is less than the %,d MiB that %s class %s holds on each of %d ranks; give more, or leave --heap out"
              .formatted(
                  options.heap,
                  need / MIB + 1,
                  options.kernel,
                  options.problemClass,
                  options.ranks));
    }
  }

  private static String collector(RunOptions options, int processors) {
    if (options.collector == null) {
      return processors == 1 ? "Serial" : "Parallel";
    }
    List<String> known = List.of("Serial", "Parallel", "G1", "Z", "Shenandoah");
    if (!known.contains(options.collector)) {
      throw new WeftException(
          ExitStatus.USAGE,
          "--gc " + options.collector + " is unknown; there are: " + String.join(", ", known));
    }
    return options.collector;
  }

  private static long roundUp(long bytes) {
    return (bytes + 2 * MIB - 1) / (2 * MIB) * (2 * MIB);
  }

  private static long parseSize(String size) {
    Matcher matcher = Pattern.compile("(\\d{1,12})([kmgKMG]?)").matcher(size);
    if (!matcher.matches()) {
      throw new WeftException(ExitStatus.USAGE, "--heap " + size + " is no size; write 512m or 2g");
    }
    long unit =
        switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
          case "k" -> 1L << 10;
          case "m" -> 1L << 20;
          case "g" -> 1L << 30;
          default -> 1L;
        };
    return Math.min(Long.parseLong(matcher.group(1)), MOST_HEAP_BYTES / unit) * unit;
  }
}
