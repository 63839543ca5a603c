package io.weft.kernels.cg;

import io.weft.kernels.Check;
import io.weft.kernels.RankRule;
import io.weft.kernels.timed.RunContext;
import io.weft.kernels.timed.SteppedPart;
import io.weft.kernels.timed.TimedKernel;
import io.weft.kernels.timed.TimedPart;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * CG of the NAS Parallel Benchmarks 3.4: the smallest eigenvalue of a large sparse matrix of random
 * pattern. Irregular memory access, and long-distance communication of vectors and single numbers.
 *
 * <p>Runs on a power of two of ranks as the two-dimensional grid of NPB 2; no rank holds a whole
 * vector once there are two. One untimed iteration from the same start comes first, as the
 * benchmark prescribes. With the same number of ranks the result has the same bits in every run,
 * over every communicator.
 *
 * <p>On 2, 8, 32 and so on ranks, where a rank gives half of its row sums away, that half is on its
 * way while the other is computed; {@code WEFT_OVERLAP=off} has it go afterwards.
 *
 * <p>Progress is told of {@code "matrix"} (0 and 1 of 1), {@code "warm-up"} (1 of 1) and {@code
 * "iteration"}. Nothing is allocated from one {@code "iteration"} to the next. A run takes its
 * message buffers from the communicator, which keeps them until it closes.
 */
public final class CgKernel extends TimedKernel<CgClass> {
  private static final String SOURCE = "NAS Parallel Benchmarks 3.4, CG";

  private final Consumer<SparseMatrix> blockHook;
  private final UnaryOperator<MatrixProduct> productHook;

  /** Makes the kernel with the published classes. */
  public CgKernel() {
    this(CgClass.PUBLISHED, block -> {}, UnaryOperator.identity());
  }

  /**
   * Makes a kernel that tests can lead astray.
   *
   * @param classes the problem classes
   * @param blockHook may change each rank's block of the matrix
   * @param productHook may put itself before each rank's product
   */
  CgKernel(
      List<CgClass> classes,
      Consumer<SparseMatrix> blockHook,
      UnaryOperator<MatrixProduct> productHook) {
    super(classes, SOURCE, CgPhase.values());
    this.blockHook = blockHook;
    this.productHook = productHook;
  }

  @Override
  public String name() {
    return "cg";
  }

  @Override
  public String summary() {
    return "NPB CG: smallest eigenvalue of a random sparse matrix by conjugate gradients";
  }

  @Override
  public String communication() {
    return "row sums, transpose exchange and scalar sums between pairs on a two-dimensional grid";
  }

  @Override
  public RankRule rankRule() {
    return ProcessorGrid.RULE;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Exact for the fullest block, which takes a walk through the random sequence: less than a
   * second for class C.
   */
  @Override
  public boolean hasCheckpoints() {
    return true;
  }

  @Override
  protected long arrayBytes(CgClass problem, int ranks) {
    ProcessorGrid grid = ProcessorGrid.of(problem.order(), ranks, 0);
    return MatrixGenerator.largestBytes(problem, ranks)
        + GridProduct.bytes(grid)
        + CgSolver.bytes(grid.largestColumns())
        + MessageBuffers.bytes(bufferCapacity(grid));
  }

  @Override
  protected TimedPart prepare(CgClass problem, RunContext context) {
    ProcessorGrid grid =
        ProcessorGrid.of(
            problem.order(), context.communicator().size(), context.communicator().rank());
    context.progress().at("matrix", 0, 1);
    SparseMatrix block = MatrixGenerator.generate(problem, grid);
    blockHook.accept(block);
    context.progress().at("matrix", 1, 1);

    CgSolver solver = solver(problem, grid, block, context);
    context.warmUp().run(solver::iterate);
    context.progress().at("warm-up", 1, 1);
    solver.reset();
    return new Iterations(problem, solver, context);
  }

  private static final class Iterations extends SteppedPart {
    private final CgClass problem;
    private final CgSolver solver;

    Iterations(CgClass problem, CgSolver solver, RunContext context) {
      super(context, "iteration", problem.iterations());
      this.problem = problem;
      this.solver = solver;
    }

    @Override
    protected void step(long iteration) {
      solver.iterate();
    }

    @Override
    protected String quantity() {
      return "residual";
    }

    @Override
    protected double value() {
      return solver.residualNorm();
    }

    @Override
    protected List<double[]> state() {
      return List.of(solver.vector());
    }

    @Override
    public List<Check> checks() {
      return List.of(new Check("zeta", problem.zeta(), solver.zeta(), CgClass.TOLERANCE));
    }
  }

  private CgSolver solver(
      CgClass problem, ProcessorGrid grid, SparseMatrix block, RunContext context) {
    MessageBuffers buffers = new MessageBuffers(context.communicator(), bufferCapacity(grid));
    MatrixProduct product =
        new GridProduct(grid, block, buffers, context.timers(), context.overlap());
    return new CgSolver(
        productHook.apply(product),
        new RowReduction(grid, buffers),
        context.timers(),
        CgClass.INNER_ITERATIONS,
        problem.shift());
  }

  private static int bufferCapacity(ProcessorGrid grid) {
    return Math.max(GridProduct.capacity(grid), RowReduction.CAPACITY);
  }
}
