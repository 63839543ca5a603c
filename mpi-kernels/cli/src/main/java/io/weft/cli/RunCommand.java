package io.weft.cli;

import io.weft.cli.spool.Publisher;
import io.weft.kernels.Kernel;
import io.weft.kernels.Kernels;
import io.weft.kernels.timed.Overlap;
import io.weft.kernels.timed.WarmUp;
import io.weft.launch.RankEnvironment;
import io.weft.launch.Via;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code weft run}. Outside an {@code mpirun} it starts one; inside, it is one rank: first it
 * becomes a JVM with the flags of the plan, then it runs the kernel.
 */
@Command(
    name = "run",
    description = "Runs a kernel on ranks and verifies its result.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Inside an mpirun ('mpirun -n 4 scripts/weft run cg') it is one rank of it.",
      "The result goes to standard output, progress and errors to standard error."
    })
public final class RunCommand implements Subcommand {
  @Mixin private RunOptions options;

  @Spec private CommandSpec spec;

  /** Made by the service loader. */
  public RunCommand() {}

  @Override
  public Integer call() throws Exception {
    Map<String, String> environment = System.getenv();
    boolean rank = RankEnvironment.isRank(environment);
    check(rank ? RankEnvironment.size(environment) : -1);
    if (options.bundle != null) {
      options.out = options.bundle;
    }
    if (!rank) {
      int tasks = RankEnvironment.tasksWithoutMpi(environment);
      if (tasks > 0) {
        // Each of them would start an mpirun of its own.
        throw new WeftException(
            ExitStatus.USAGE,
            "srun has started "
                + tasks
                + " of this, and tells them nothing of MPI: say srun --mpi=pmix (Open MPI) or"
                + " --mpi=pmi2 (MPICH), or call weft run once, without srun, with --ranks");
      }
      if (options.publish) {
        return new PublishedRun(options, publisher(environment)).run();
      }
      return options.compare.isEmpty()
          ? new FrontRun(options, ProcessBuilder.Redirect.INHERIT).run()
          : new CompareRun(options).run();
    }
    if (options.publish) {
      throw new WeftException(
          ExitStatus.USAGE,
          "--publish is for a weft run that starts its own mpirun; after yours, say 'weft results"
              + " announce' and the bundle");
    }
    if (!options.compare.isEmpty()) {
      throw new WeftException(
          ExitStatus.USAGE, "--compare starts its own mpirun: call it outside of one");
    }
    RankPlan plan = RankPlan.fromEnvironment(environment);
    if (plan == null) {
      RankPlan.become(options, ProcessArguments.ofThisProcess());
    }
    return new RankRun(options, plan).run();
  }

  /** Before anything runs: a run whose result has nowhere to go is not started. */
  private Publisher publisher(Map<String, String> environment) {
    Publisher publisher = Publisher.among(spec.root().commandLine(), environment);
    if (publisher.lack() != null) {
      throw new WeftException(
          ExitStatus.UNAVAILABLE,
          "--publish: "
              + publisher.lack()
              + "; set WEFT_RESULTS_TOPIC to the stack's topic, or WEFT_RESULTS_LOCAL to a folder"
              + " for a pipeline on this machine");
    }
    return publisher;
  }

  /** Everything that can be refused before anything starts. */
  private void check(int started) {
    try {
      Kernel kernel = Kernels.named(options.kernel);
      if (options.ranks != null && options.ranks < 1) {
        throw new IllegalArgumentException("--ranks " + options.ranks + " is less than 1");
      }
      if (started > 0 && options.ranks != null && options.ranks != started) {
        throw new IllegalArgumentException(
            "--ranks " + options.ranks + ", but mpirun started " + started + ": leave --ranks out");
      }
      if (options.ranks == null) {
        options.ranks = Math.max(started, 1);
      }
      Kernels.check(kernel, options.problemClass, options.ranks);
      // Also refuses more ranks than the class can be divided among.
      kernel.memoryPerRankBytes(options.problemClass, options.ranks);
      if (options.checkpoint < 0) {
        throw new IllegalArgumentException(
            "--checkpoint " + options.checkpoint + " is less than 0");
      }
      Overlap.of(System.getenv());
      WarmUp.seconds(System.getenv(), options.problemClass);
      Kernels.checkCheckpoints(kernel, options.checkpointPlan());
      if (options.checkpointPlan().isUsed() && !options.compare.isEmpty()) {
        throw new IllegalArgumentException(
            "--compare measures whole runs: leave --checkpoint and --resume out");
      }
      if (options.publish && !options.compare.isEmpty()) {
        throw new IllegalArgumentException(
            "--compare leaves a bundle for each run: leave --publish out, and announce those");
      }
      if (options.bundle != null && options.out != null) {
        throw new IllegalArgumentException(
            "--bundle and --out both name where the bundle goes: leave one out");
      }
      if (options.rounds < 1) {
        throw new IllegalArgumentException("--rounds " + options.rounds + " is less than 1");
      }
      if (options.provider != null && options.via != Via.LIBFABRIC) {
        throw new IllegalArgumentException("--provider goes with --via libfabric");
      }
      if (options.bind != null && !List.of("core", "none").contains(options.bind)) {
        throw new IllegalArgumentException("--bind is core or none, not " + options.bind);
      }
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage());
    }
  }
}
