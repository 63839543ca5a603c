package io.weft.kernels.timed;

import io.weft.comm.Communicator;
import io.weft.comm.ReduceOp;
import io.weft.kernels.CheckpointPlan;
import io.weft.kernels.Kernel;
import io.weft.kernels.KernelResult;
import io.weft.kernels.Kernels;
import io.weft.kernels.ProblemClass;
import io.weft.kernels.Progress;
import io.weft.kernels.Verification;
import java.util.List;

/**
 * A kernel that prepares, runs a timed part between barriers and checks what came of it. A kernel
 * says its classes, phases, memory and decomposition and writes {@link #prepare}; everything else
 * is here, the same for all.
 *
 * <p>What cannot run is refused before anything is allocated, with the same exception on every
 * rank: a class that there is not, an illegal number of ranks, a heap too small on any rank, a
 * module that any rank's JVM lacks.
 *
 * @param <C> what a problem class of this kernel is
 */
public abstract class TimedKernel<C extends ProblemClass> implements Kernel {
  /** Small objects of a run beside the arrays: timers, progress, the result. */
  private static final long SMALL_OBJECT_BYTES = 16 * 1024;

  private static final long MIB = 1 << 20;

  private final List<C> classes;
  private final String source;
  private final Phase[] phases;

  /**
   * Makes a kernel.
   *
   * @param classes its problem classes, smallest first
   * @param source where the expected values are published
   * @param phases all its phases, in order
   */
  protected TimedKernel(List<C> classes, String source, Phase... phases) {
    this.classes = List.copyOf(classes);
    this.source = source;
    this.phases = phases.clone();
  }

  @Override
  public final List<C> classes() {
    return classes;
  }

  /**
   * What {@link #prepare}, the timed part and its checks take on the rank that takes most.
   *
   * @param problem the class
   * @param ranks a legal number
   * @return bytes of arrays and of buffers from the communicator, an upper bound
   */
  protected abstract long arrayBytes(C problem, int ranks);

  /**
   * Makes the data, allocates, warms up where the benchmark allows it; collective and not timed.
   *
   * @param problem the class
   * @param context what this rank works with
   * @return ready to start
   */
  protected abstract TimedPart prepare(C problem, RunContext context);

  @Override
  public final long memoryPerRankBytes(String problemClass, int ranks) {
    Kernels.check(this, problemClass, ranks);
    C problem = Kernels.classOf(name(), classes, problemClass);
    return arrayBytes(problem, ranks) + SmallReductions.BYTES + SMALL_OBJECT_BYTES;
  }

  @Override
  public final KernelResult run(Communicator communicator, String problemClass, Progress progress) {
    return run(communicator, problemClass, progress, CheckpointPlan.NONE);
  }

  @Override
  public final KernelResult run(
      Communicator communicator, String problemClass, Progress progress, CheckpointPlan plan) {
    Kernels.checkCheckpoints(this, plan);
    int ranks = communicator.size();
    long bytes = memoryPerRankBytes(problemClass, ranks);
    C problem = Kernels.classOf(name(), classes, problemClass);
    SmallReductions reductions = new SmallReductions(communicator);
    requireJvm(reductions, problem, ranks, bytes);

    PhaseTimers timers = new PhaseTimers(progress, phases);
    boolean overlap = Overlap.of(System.getenv());
    WarmUp warmUp =
        new WarmUp(WarmUp.seconds(System.getenv(), problem.name()), reductions, System::nanoTime);
    TimedPart part =
        prepare(
            problem, new RunContext(communicator, reductions, timers, progress, overlap, warmUp));
    long resumedAfter = 0;
    double share = 1;
    if (plan.isUsed()) {
      SteppedPart stepped = (SteppedPart) part; // hasCheckpoints() says so.
      resumedAfter =
          stepped.use(
              new CheckpointStore(
                  plan, name(), problem.name(), communicator, reductions, progress));
      share -= (double) resumedAfter / stepped.steps();
    }
    communicator.barrier();
    timers.reset();
    long start = System.nanoTime();
    part.run();
    double seconds = (System.nanoTime() - start) * 1e-9;

    RunSummary summary = RunSummary.of(reductions, ranks, part.checks(), seconds, timers);
    // Not where a rank fails: what is under way then has no end, and goes with the communicator.
    part.close();
    return new KernelResult(
        name(),
        problem.name(),
        ranks,
        new Verification(source, summary.checks()),
        summary.seconds(),
        problem.operations() * share / summary.seconds() * 1e-6,
        summary.phases(),
        summary.loadImbalance(),
        resumedAfter);
  }

  /** Refuses on all ranks what the JVM of any of them cannot. */
  private void requireJvm(SmallReductions reductions, C problem, int ranks, long bytes) {
    long modules = jvmModules().stream().allMatch(TimedKernel::hasModule) ? 1 : 0;
    long[] least =
        reductions.combine(new long[] {modules, Runtime.getRuntime().maxMemory()}, ReduceOp.MIN);
    if (least[0] == 0) {
      throw new IllegalStateException(
          name()
              + " needs a JVM started with --add-modules "
              + String.join(",", jvmModules())
              + ", and not every rank's was");
    }
    if (least[1] < bytes) {
      throw new IllegalStateException(
          "%s class %s holds %,d MiB a rank on %d rank%s, and the smallest heap is %,d MiB: use more ranks, a smaller class or a larger heap"
              .formatted(
                  name(),
                  problem.name(),
                  bytes / MIB + 1,
                  ranks,
                  ranks == 1 ? "" : "s",
                  least[1] / MIB));
    }
  }

  private static boolean hasModule(String name) {
    return ModuleLayer.boot().findModule(name).isPresent();
  }
}
