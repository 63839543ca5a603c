package io.weft.bench.driver;

import io.weft.bench.peer.AbsentException;
import io.weft.bench.peer.MeasuredVia;
import io.weft.bench.program.OpenMpiJava;
import io.weft.bench.ranks.ForkReport;
import io.weft.bench.ranks.RankProfiler;
import io.weft.bench.report.Found;
import io.weft.kernels.Kernels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs one fork of JMH for one cell. */
final class JavaFork {
  private static final long MIB = 1 << 20;
  private static final long LEAST_HEAP_MIB = 256;

  private final Options options;
  private final Effort effort;
  private final Jobs jobs;
  private final double deadlineSeconds;
  private OpenMpiJava bindings;

  JavaFork(Options options, Effort effort, Jobs jobs, double deadlineSeconds) {
    this.options = options;
    this.effort = effort;
    this.jobs = jobs;
    this.deadlineSeconds = deadlineSeconds;
  }

  Forked run(CellPlan cell, Path directory) throws FailedFork, IOException, InterruptedException {
    List<String> flags = flags(cell);
    String classPath = "";
    if (cell.via() == MeasuredVia.OPENMPI_JAVA) {
      try {
        if (bindings == null) {
          bindings = OpenMpiJava.make(jobs.mpi().vendor());
        }
      } catch (AbsentException notHere) {
        return Forked.absent(notHere.getMessage());
      } catch (IOException notMade) {
        throw new FailedFork(notMade.getMessage());
      }
      classPath = bindings.classPath();
      flags.add("-Djava.library.path=" + bindings.libraryPath());
    }
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ChainedOptionsBuilder builder =
        new ForkOptions(cell.benchmark())
            .parent(options)
            .forks(1)
            .warmupForks(0)
            .warmupIterations(effort.warmups())
            .warmupTime(Effort.time(effort.warmupSeconds()))
            .measurementIterations(effort.iterations())
            .measurementTime(Effort.time(effort.seconds()))
            .shouldFailOnError(true);
    cell.parameters().forEach(builder::param);
    if (cell.isAcrossRanks()) {
      builder
          .jvm(ForkScript.write(directory, java, flags, classPath, cell, jobs).toString())
          .operationsPerInvocation(cell.batch())
          .addProfiler(RankProfiler.class);
    }
    boolean loud = options.verbosity().orElse(VerboseMode.SILENT) == VerboseMode.EXTRA;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream print = loud ? System.err : new PrintStream(said, true, StandardCharsets.UTF_8);
    Collection<RunResult> results;
    try (ForkEnd end = new ForkEnd(ForkScript.pid(directory), effort.total() + deadlineSeconds)) {
      try {
        results =
            new Runner(
                    builder.build(),
                    OutputFormatFactory.createFormatInstance(print, VerboseMode.NORMAL))
                .run();
      } catch (RunnerException failed) {
        Path report = ForkScript.report(directory);
        ForkReport.Content content = Files.exists(report) ? ForkReport.read(report) : null;
        if (content != null && content.absent() != null) {
          return Forked.absent(content.absent());
        }
        String why = end.isLate() ? late() : "";
        throw new FailedFork(why + said.toString(StandardCharsets.UTF_8) + failed.getMessage());
      }
      if (end.isLate()) {
        throw new FailedFork(late() + said.toString(StandardCharsets.UTF_8));
      }
    }
    if (results.size() != 1) {
      throw new FailedFork(
          results.size() + " results in place of one\n" + said.toString(StandardCharsets.UTF_8));
    }
    RunResult result = results.iterator().next();
    return cell.isAcrossRanks() ? ofRanks(result, directory) : ofOneJvm(result);
  }

  private String late() {
    return "ended after %.0f s (--deadline): a rank hangs, or the machine is too slow%n"
        .formatted(effort.total() + deadlineSeconds);
  }

  /** What each rank's JVM gets beside what JMH says: no threads more than it needs. */
  private static List<String> flags(CellPlan cell) {
    long heapMib = LEAST_HEAP_MIB;
    String kernel = cell.parameters().get("kernel");
    if (kernel != null && Kernels.named(kernel).rankRule().allows(cell.key().ranks())) {
      long bytes =
          Kernels.named(kernel)
              .memoryPerRankBytes(cell.parameters().get("size"), cell.key().ranks());
      heapMib = Math.max(heapMib, bytes * 3 / 2 / MIB + 64);
    }
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--add-modules=jdk.incubator.vector",
                "-XX:+UseSerialGC",
                "-XX:+UseTransparentHugePages",
                "-Xms" + heapMib + "m",
                "-Xmx" + heapMib + "m"));
    if (cell.via() == MeasuredVia.AERON) {
      // Its buffers reach into the JDK, as its documentation says.
      flags.add("--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");
    }
    return flags;
  }

  private static Forked ofRanks(RunResult result, Path directory) {
    ForkReport.Content content = ForkReport.read(ForkScript.report(directory));
    return new Forked(
        null,
        content.nanos(),
        content.percentiles(),
        content.allocatedBytes(),
        content.checksum(),
        content.operations(),
        content.found(),
        result);
  }

  private static Forked ofOneJvm(RunResult result) {
    List<Double> nanos = new ArrayList<>();
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        nanos.add(iteration.getPrimaryResult().getScore());
      }
    }
    Found none = new Found("none", "none", "none", "none", "none", 1);
    return new Forked(null, nanos, null, 0, "", 0, none, result);
  }
}
