package io.weft.kernels.cg;

import io.weft.comm.Communicator;
import io.weft.kernels.Kernel;
import io.weft.kernels.KernelResult;
import io.weft.kernels.Kernels;
import io.weft.kernels.Progress;
import io.weft.kernels.Verification;
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
 * <p>Progress is told of {@code "matrix"} (0 and 1 of 1), {@code "warm-up"} (1 of 1) and {@code
 * "iteration"}. Nothing is allocated from one {@code "iteration"} to the next. A run takes its
 * message buffers from the communicator, which keeps them until it closes.
 */
public final class CgKernel implements Kernel {
  private static final String SOURCE = "NAS Parallel Benchmarks 3.4, CG";

  /** Small objects of a run beside the arrays: timers, progress, the result. */
  private static final long SMALL_OBJECT_BYTES = 16 * 1024;

  private final List<CgClass> classes;
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
    this.classes = List.copyOf(classes);
    this.blockHook = blockHook;
    this.productHook = productHook;
  }

  @Override
  public String name() {
    return "cg";
  }

  @Override
  public String summary() {
    return "NPB CG: conjugate gradients on a random sparse matrix; row sums, transpose exchange and"
        + " scalar sums on a two-dimensional grid";
  }

  @Override
  public List<String> problemClasses() {
    return classes.stream().map(CgClass::name).toList();
  }

  @Override
  public String rankRule(int ranks) {
    return ProcessorGrid.fits(ranks) ? null : "a power of two";
  }

  /**
   * {@inheritDoc}
   *
   * <p>Exact for the fullest block, which takes a walk through the random sequence: less than a
   * second for class C.
   *
   * @throws IllegalArgumentException if class or number of ranks is not legal
   */
  @Override
  public long memoryPerRankBytes(String problemClass, int ranks) {
    Kernels.check(this, problemClass, ranks);
    CgClass problem = problemNamed(problemClass);
    ProcessorGrid grid = ProcessorGrid.of(problem.order(), ranks, 0);
    return MatrixGenerator.largestBytes(problem, ranks)
        + GridProduct.bytes(grid)
        + CgSolver.bytes(grid.largestColumns())
        + MessageBuffers.bytes(bufferCapacity(grid))
        + MessageBuffers.bytes(RunSummary.CAPACITY)
        + SMALL_OBJECT_BYTES;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if class or number of ranks is not legal
   */
  @Override
  public KernelResult run(Communicator communicator, String problemClass, Progress progress) {
    Kernels.check(this, problemClass, communicator.size());
    CgClass problem = problemNamed(problemClass);
    ProcessorGrid grid =
        ProcessorGrid.of(problem.order(), communicator.size(), communicator.rank());
    PhaseTimers timers = new PhaseTimers();

    progress.at("matrix", 0, 1);
    SparseMatrix block = MatrixGenerator.generate(problem, grid);
    blockHook.accept(block);
    progress.at("matrix", 1, 1);

    CgSolver solver = solver(communicator, problem, grid, block, timers);
    solver.iterate();
    progress.at("warm-up", 1, 1);

    solver.reset();
    timers.reset();
    communicator.barrier();
    long start = System.nanoTime();
    for (int iteration = 1; iteration <= problem.iterations(); iteration++) {
      solver.iterate();
      progress.at("iteration", iteration, problem.iterations());
    }
    double seconds = (System.nanoTime() - start) * 1e-9;

    RunSummary summary = RunSummary.of(communicator, solver.zeta(), seconds, timers);
    return new KernelResult(
        name(),
        problem.name(),
        communicator.size(),
        new Verification("zeta", problem.zeta(), summary.zeta(), CgClass.TOLERANCE, SOURCE),
        summary.seconds(),
        problem.operations() / summary.seconds() * 1e-6,
        summary.phases());
  }

  private CgSolver solver(
      Communicator communicator,
      CgClass problem,
      ProcessorGrid grid,
      SparseMatrix block,
      PhaseTimers timers) {
    MessageBuffers buffers = new MessageBuffers(communicator, bufferCapacity(grid));
    MatrixProduct product = new GridProduct(grid, block, buffers, timers);
    return new CgSolver(
        productHook.apply(product),
        new RowReduction(grid, buffers),
        timers,
        CgClass.INNER_ITERATIONS,
        problem.shift());
  }

  private static int bufferCapacity(ProcessorGrid grid) {
    return Math.max(GridProduct.capacity(grid), RowReduction.CAPACITY);
  }

  private CgClass problemNamed(String name) {
    return classes.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }
}
