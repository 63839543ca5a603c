package io.weft.kernels.ft;

import io.weft.kernels.Check;
import io.weft.kernels.RankRule;
import io.weft.kernels.timed.RunContext;
import io.weft.kernels.timed.SteppedPart;
import io.weft.kernels.timed.TimedKernel;
import io.weft.kernels.timed.TimedPart;
import java.util.ArrayList;
import java.util.List;

/**
 * FT of the NAS Parallel Benchmarks 3.4: a diffusion equation solved by three-dimensional fast
 * Fourier transforms, one forward and one inverse for each step in time. Every transform moves all
 * data between all ranks.
 *
 * <p>Runs on a power of two of ranks, as many at most as the grid has planes, or rows where those
 * are fewer: class S 64, W 32, A 128, B 256, C 512. Rank {@code r} of {@code p} has the planes
 * {@code z} from {@code r nz / p}, and transforms them in x and y; an all-to-all gives it the rows
 * {@code y} from {@code r ny / p} of all planes, and it transforms them in z. The transform stays
 * like that; inverse ones go the other way. The points that checksums are made of lie in planes, at
 * the ranks that have these.
 *
 * <p>Each all-to-all is a pipeline of up to 16 parts: while the messages of one are under way, the
 * next is transformed and packed. Numbers do not depend on that, nor on the number of ranks, to the
 * last bit: every column is transformed by the same operations, and every rank adds up the points
 * of a checksum in the same order.
 *
 * <p>Timed are, as the benchmark prescribes, the roots of unity and the initial condition too. An
 * untimed run of all that with one step in time comes before. Loops are by the Vector API: a JVM
 * needs {@code --add-modules jdk.incubator.vector}. Progress is told of {@code "warm-up"} (0 and 1
 * of 1) and {@code "iteration"}. A run takes its message buffers from the communicator, which keeps
 * them until it closes.
 */
public final class FtKernel extends TimedKernel<FtClass> {
  private static final String SOURCE = "NAS Parallel Benchmarks 3.4, FT";

  private final boolean overlap;
  private final FtHook hook;

  /** Makes the kernel with the published classes. */
  public FtKernel() {
    this(FtClass.PUBLISHED, true, FtHook.NONE);
  }

  /**
   * Makes a kernel that tests can lead astray.
   *
   * @param classes the problem classes
   * @param overlap whether messages and transforms overlap
   * @param hook may change what is computed with
   */
  FtKernel(List<FtClass> classes, boolean overlap, FtHook hook) {
    super(classes, SOURCE, FtPhase.values());
    this.overlap = overlap;
    this.hook = hook;
  }

  @Override
  public String name() {
    return "ft";
  }

  @Override
  public String summary() {
    return "NPB FT: a diffusion equation by 3-D fast Fourier transforms";
  }

  @Override
  public String communication() {
    return "all-to-all of all data in each iteration, in parts that overlap with transforms;"
        + " all-reduce of the checksum's points";
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
  protected long arrayBytes(FtClass problem, int ranks) {
    return SpectralSolver.bytes(Slabs.of(problem, ranks))
        + 2L * Double.BYTES * problem.iterations();
  }

  @Override
  protected TimedPart prepare(FtClass problem, RunContext context) {
    Slabs slabs = Slabs.of(problem, context.communicator().size());
    context.progress().at("warm-up", 0, 1);
    SpectralSolver solver = new SpectralSolver(slabs, context, overlap && context.overlap(), hook);
    context
        .warmUp()
        .run(
            () -> {
              solver.initialize();
              solver.forward();
              solver.step(1);
            });
    context.progress().at("warm-up", 1, 1);
    return new Steps(problem, solver, context);
  }

  private static final class Steps extends SteppedPart {
    private final FtClass problem;
    private final SpectralSolver solver;
    private final double[] checksums;

    Steps(FtClass problem, SpectralSolver solver, RunContext context) {
      super(context, "iteration", problem.iterations());
      this.problem = problem;
      this.solver = solver;
      this.checksums = new double[2 * problem.iterations()];
    }

    @Override
    protected void begin() {
      solver.initialize();
      solver.forward();
    }

    @Override
    protected void step(long time) {
      solver.step(Math.toIntExact(time));
      solver.checksum(checksums, 2 * Math.toIntExact(time - 1));
    }

    /** Each iteration starts from the transform, which is made anew: what was found is all. */
    @Override
    protected List<double[]> state() {
      return List.of(checksums);
    }

    @Override
    public List<Check> checks() {
      List<Check> checks = new ArrayList<>();
      for (int time = 1; time <= problem.iterations(); time++) {
        Complex expected = problem.checksums().get(time - 1);
        int at = 2 * (time - 1);
        checks.add(check(time, "real", expected.re(), checksums[at]));
        checks.add(check(time, "imaginary", expected.im(), checksums[at + 1]));
      }
      return checks;
    }

    private static Check check(int time, String part, double expected, double found) {
      return new Check("checksum " + time + ", " + part, expected, found, FtClass.TOLERANCE);
    }
  }
}
