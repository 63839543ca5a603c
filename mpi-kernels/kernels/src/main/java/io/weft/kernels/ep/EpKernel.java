package io.weft.kernels.ep;

import io.weft.comm.ReduceOp;
import io.weft.kernels.Check;
import io.weft.kernels.RankRule;
import io.weft.kernels.timed.RunContext;
import io.weft.kernels.timed.TimedKernel;
import io.weft.kernels.timed.TimedPart;
import java.util.List;

/**
 * EP of the NAS Parallel Benchmarks 3.4: pairs of Gaussian deviates from pairs of uniform random
 * numbers, added up and counted by square annuli. What processors do when nothing holds them up.
 *
 * <p>Runs on any number of ranks: rank {@code r} of {@code p} works off batches {@code floor(B r /
 * p)} to {@code floor(B (r + 1) / p) - 1} of all {@code B} (of 65,536 pairs each; class S has 256),
 * and jumps ahead in the random sequence to where they start. Ranks past the number of batches have
 * nothing to do. Counts are the same on any number of ranks; sums differ by rounding alone, by some
 * 1e-13, also from run to run: a vector's logarithm is not, to the last bit, the one that a method
 * has before it is compiled.
 *
 * <p>A batch is worked off as four streams, each a quarter of it, that jump ahead to their starts
 * and are stepped together.
 *
 * <p>A few untimed batches come first, as the benchmark allows. Loops are by the Vector API: a JVM
 * needs {@code --add-modules jdk.incubator.vector}. Progress is told of {@code "batch"}, this
 * rank's own.
 */
public final class EpKernel extends TimedKernel<EpClass> {
  private static final String SOURCE = "NAS Parallel Benchmarks 3.4, EP";

  /** Enough for the loops to be compiled; they are worked off again when it counts. */
  private static final int WARM_UP_BATCHES = 16;

  private final PairBatch.PointHook hook;

  /** Makes the kernel with the published classes. */
  public EpKernel() {
    this(EpClass.PUBLISHED, (x, y, squares, points) -> {});
  }

  /**
   * Makes a kernel that tests can lead astray.
   *
   * @param classes the problem classes
   * @param hook may change points
   */
  EpKernel(List<EpClass> classes, PairBatch.PointHook hook) {
    super(classes, SOURCE, EpPhase.values());
    this.hook = hook;
  }

  @Override
  public String name() {
    return "ep";
  }

  @Override
  public String summary() {
    return "NPB EP: Gaussian deviates from random numbers, counted by annuli";
  }

  @Override
  public String communication() {
    return "none but all-reduces of the sums and counts at the end";
  }

  @Override
  public RankRule rankRule() {
    return RankRule.ANY;
  }

  @Override
  public List<String> jvmModules() {
    return List.of("jdk.incubator.vector");
  }

  @Override
  protected long arrayBytes(EpClass problem, int ranks) {
    return PairBatch.bytes();
  }

  @Override
  protected TimedPart prepare(EpClass problem, RunContext context) {
    long rank = context.communicator().rank();
    int ranks = context.communicator().size();
    long first = problem.batches() * rank / ranks;
    long end = problem.batches() * (rank + 1) / ranks;
    PairBatch batch = new PairBatch(hook);
    context
        .warmUp()
        .run(
            () -> {
              for (long number = first; number < Math.min(end, first + WARM_UP_BATCHES); number++) {
                batch.add(number);
              }
            });
    batch.reset();
    return new Batches(problem, first, end, batch, context);
  }

  private static final class Batches implements TimedPart {
    private final EpClass problem;
    private final long first;
    private final long end;
    private final PairBatch batch;
    private final RunContext context;
    private double[] sums;
    private long[] counts;

    Batches(EpClass problem, long first, long end, PairBatch batch, RunContext context) {
      this.problem = problem;
      this.first = first;
      this.end = end;
      this.batch = batch;
      this.context = context;
    }

    @Override
    public void run() {
      for (long number = first; number < end; number++) {
        batch.add(number);
        context.progress().at("batch", number - first + 1, end - first);
      }
      context.timers().end(EpPhase.DEVIATES);
      sums = context.reductions().combine(batch.sums(), ReduceOp.SUM);
      counts = context.reductions().combine(batch.counts(), ReduceOp.SUM);
      context.timers().end(EpPhase.SUMS);
    }

    @Override
    public List<Check> checks() {
      int right = 0;
      for (int annulus = 0; annulus < counts.length; annulus++) {
        long published = annulus < problem.counts().size() ? problem.counts().get(annulus) : 0;
        right += counts[annulus] == published ? 1 : 0;
      }
      return List.of(
          new Check("sx", problem.sumX(), sums[0], EpClass.TOLERANCE),
          new Check("sy", problem.sumY(), sums[1], EpClass.TOLERANCE),
          new Check("annuli with the right count", counts.length, right, 0));
    }
  }
}
