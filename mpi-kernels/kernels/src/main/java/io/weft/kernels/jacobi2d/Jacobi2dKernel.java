package io.weft.kernels.jacobi2d;

import io.weft.comm.ReduceOp;
import io.weft.kernels.Check;
import io.weft.kernels.RankRule;
import io.weft.kernels.timed.RunContext;
import io.weft.kernels.timed.SteppedPart;
import io.weft.kernels.timed.TimedKernel;
import io.weft.kernels.timed.TimedPart;
import java.util.List;
import java.util.function.Consumer;

/**
 * The heat equation {@code u_t = u_xx + u_yy} on the unit square, 0 at its sides, by explicit steps
 * (Jacobi sweeps). The example of {@code docs/writing-a-kernel.md}; no NAS benchmark.
 *
 * <p>Runs on any number of ranks up to the number of lines. Rank {@code r} of {@code p} has lines
 * {@code 1 + floor(n r / p)} to {@code floor(n (r + 1) / p)} of {@code n}; the outer ones go to the
 * neighbours while the inner ones are computed, or afterwards with {@code WEFT_OVERLAP=off}. The
 * field is the same bits on any number of ranks.
 *
 * <p>The loop is by the Vector API: a JVM needs {@code --add-modules jdk.incubator.vector}.
 * Progress is told of {@code "step"}, some twenty times.
 */
public final class Jacobi2dKernel extends TimedKernel<HeatClass> {
  private static final String SOURCE =
      "discrete Fourier solution of the explicit scheme, and the heat equation's";

  /** By rounding alone, over hundreds of steps. */
  private static final double ROUNDING = 1e-12;

  /** What the scheme and the equation differ by; class S differs most. */
  private static final double DISCRETIZATION = 1e-4;

  private static final int WARM_UP_STEPS = 20;

  private final Consumer<double[]> hook;

  /** Makes the kernel. */
  public Jacobi2dKernel() {
    this(HeatClass.ALL, field -> {});
  }

  /**
   * Makes a kernel that tests can lead astray.
   *
   * @param classes the problem classes
   * @param hook may change each rank's field at the start
   */
  Jacobi2dKernel(List<HeatClass> classes, Consumer<double[]> hook) {
    super(classes, SOURCE, HeatPhase.values());
    this.hook = hook;
  }

  @Override
  public String name() {
    return "jacobi2d";
  }

  @Override
  public String summary() {
    return "heat equation on a square by explicit steps";
  }

  @Override
  public String communication() {
    return "halos of lines between neighbours";
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
  public boolean hasCheckpoints() {
    return true;
  }

  @Override
  protected long arrayBytes(HeatClass problem, int ranks) {
    if (ranks > problem.points()) {
      throw new IllegalArgumentException(
          "jacobi2d class %s has %d lines, fewer than %d ranks: use fewer, or a larger class"
              .formatted(problem.name(), problem.points(), ranks));
    }
    return HeatGrid.bytes(problem, ranks);
  }

  @Override
  protected TimedPart prepare(HeatClass problem, RunContext context) {
    HeatGrid grid = new HeatGrid(problem, context);
    context
        .warmUp()
        .run(
            () -> {
              for (int step = 0; step < WARM_UP_STEPS; step++) {
                grid.step();
              }
            });
    grid.reset();
    hook.accept(grid.field());
    return new Steps(problem, grid, context);
  }

  private static final class Steps extends SteppedPart {
    private final HeatClass problem;
    private final HeatGrid grid;
    private final RunContext context;

    Steps(HeatClass problem, HeatGrid grid, RunContext context) {
      super(context, "step", problem.steps());
      this.problem = problem;
      this.grid = grid;
      this.context = context;
    }

    @Override
    protected void step(long step) {
      grid.step();
    }

    @Override
    protected List<double[]> state() {
      return List.of(grid.field());
    }

    @Override
    public List<Check> checks() {
      HeatSolution solution = new HeatSolution(problem);
      double[] sums = context.reductions().combine(grid.compare(solution, ROUNDING), ReduceOp.SUM);
      double points = (double) problem.points() * problem.points();
      return List.of(
          new Check("first sine", solution.firstHeight(), sums[0], ROUNDING),
          new Check("second sine", solution.secondHeight(), sums[1], ROUNDING),
          new Check("points that are right", points, sums[2], 0),
          new Check(
              "first sine of the equation",
              solution.firstHeightOfEquation(),
              sums[0],
              DISCRETIZATION));
    }

    @Override
    public void close() {
      grid.close();
    }
  }
}
