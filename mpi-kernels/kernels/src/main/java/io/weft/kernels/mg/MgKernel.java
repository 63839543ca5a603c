package io.weft.kernels.mg;

import io.weft.kernels.Check;
import io.weft.kernels.RankRule;
import io.weft.kernels.timed.RunContext;
import io.weft.kernels.timed.SteppedPart;
import io.weft.kernels.timed.TimedKernel;
import io.weft.kernels.timed.TimedPart;
import java.util.List;
import java.util.function.Consumer;

/**
 * MG of the NAS Parallel Benchmarks 3.4: Poisson's equation on a periodic cube by V-cycles.
 * Stencils that are bound by memory, and messages of all lengths.
 *
 * <p>Runs on a power of two of ranks, up to half as many as the cube has planes (class S: 16, W:
 * 64, A and B: 128, C: 256). Rank {@code r} of {@code p} has planes {@code n r / p} to {@code n (r
 * + 1) / p - 1} of each grid of {@code n} planes, as long as that are two or more; each coarser
 * grid is computed whole by every rank, after one all-gather. Outer planes go to the neighbours in
 * z while the inner ones are computed, through one persistent halo exchange a grid; {@code
 * WEFT_OVERLAP=off} has them go afterwards.
 *
 * <p>Rows and planes are worked off in the same way wherever they lie, and planes are added up in
 * their order: solution, residual and norm are the same bits on any number of ranks.
 *
 * <p>One untimed iteration comes first, as the benchmark prescribes. Loops are by the Vector API: a
 * JVM needs {@code --add-modules jdk.incubator.vector}. Progress is told of {@code "charges"} (0
 * and 1 of 1), {@code "warm-up"} (1 of 1) and {@code "iteration"}.
 */
public final class MgKernel extends TimedKernel<MgClass> {
  private static final String SOURCE = "NAS Parallel Benchmarks 3.4, MG";

  private final Consumer<double[]> hook;

  /** Makes the kernel with the published classes. */
  public MgKernel() {
    this(MgClass.PUBLISHED, values -> {});
  }

  /**
   * Makes a kernel that tests can lead astray.
   *
   * @param classes the problem classes
   * @param hook may change each rank's right-hand side, with its ghosts
   */
  MgKernel(List<MgClass> classes, Consumer<double[]> hook) {
    super(classes, SOURCE, MgPhase.values());
    this.hook = hook;
  }

  @Override
  public String name() {
    return "mg";
  }

  @Override
  public String summary() {
    return "NPB MG: Poisson's equation by multigrid V-cycles";
  }

  @Override
  public String communication() {
    return "halos of planes between neighbours on each grid, an all-gather of a coarse grid";
  }

  @Override
  public RankRule rankRule() {
    return RankRule.POWER_OF_TWO;
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
  protected long arrayBytes(MgClass problem, int ranks) {
    int most = problem.points() / 2;
    if (ranks > most) {
      throw new IllegalArgumentException(
          "mg class %s has two planes for each of %d ranks, not of %d: use fewer, or a larger class"
              .formatted(problem.name(), most, ranks));
    }
    return Multigrid.bytes(problem, ranks);
  }

  @Override
  protected TimedPart prepare(MgClass problem, RunContext context) {
    context.progress().at("charges", 0, 1);
    Multigrid grids = new Multigrid(problem, context);
    Charges.set(grids.rightHandSide(), grids.firstPlane(), context.reductions());
    hook.accept(grids.rightHandSide().values());
    context.progress().at("charges", 1, 1);
    context
        .warmUp()
        .run(
            () -> {
              grids.residual();
              grids.cycle();
            });
    grids.reset();
    context.progress().at("warm-up", 1, 1);
    return new Iterations(problem, grids, context);
  }

  private static final class Iterations extends SteppedPart {
    private final MgClass problem;
    private final Multigrid grids;
    private double norm;

    Iterations(MgClass problem, Multigrid grids, RunContext context) {
      super(context, "iteration", problem.iterations());
      this.problem = problem;
      this.grids = grids;
    }

    @Override
    protected void begin() {
      grids.residual();
    }

    @Override
    protected void step(long iteration) {
      grids.cycle();
      grids.residual();
    }

    @Override
    protected String quantity() {
      return "residual on rank 0";
    }

    @Override
    protected double value() {
      return grids.ownNorm();
    }

    @Override
    protected void end() {
      norm = grids.norm();
    }

    /** The residual is computed anew, which gives the same bits. */
    @Override
    protected List<double[]> state() {
      return List.of(grids.solution());
    }

    @Override
    public List<Check> checks() {
      return List.of(new Check("L2 norm of the residual", problem.norm(), norm, MgClass.TOLERANCE));
    }

    @Override
    public void close() {
      grids.close();
    }
  }
}
