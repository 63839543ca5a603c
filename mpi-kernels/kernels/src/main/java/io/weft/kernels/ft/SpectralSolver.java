package io.weft.kernels.ft;

import io.weft.comm.Communicator;
import io.weft.kernels.timed.PhaseTimers;
import io.weft.kernels.timed.RunContext;

/**
 * One rank's part in solving the equation: the field's transform, which stays, and the field at the
 * time of the last step. All arrays are made in the constructor.
 */
final class SpectralSolver {
  private final Slabs slabs;
  private final int rank;
  private final PhaseTimers timers;
  private final FtHook hook;

  /** The transform, in rows: real parts, then imaginary ones. */
  private final double[][] transform;

  /** The field, in planes. */
  private final double[][] field;

  /** Where transforms along z go before their transpose; on one rank, the field. */
  private final double[][] stage;

  private final BlockFft.Work work;
  private final PlaneTransforms planes;
  private final int columnsZ;
  private final BlockFft fftZ;
  private final Evolution evolution;
  private final Checksum checksum;

  /** Null on one rank, as are the movers. */
  private final TransposePipeline pipeline;

  private final PlanesToRows toRows;
  private final RowsToPlanes toPlanes;

  /**
   * Allocates.
   *
   * @param slabs how the grid is dealt out
   * @param context what this rank works with
   * @param overlap whether messages and transforms overlap
   * @param hook may change what is computed with
   */
  SpectralSolver(Slabs slabs, RunContext context, boolean overlap, FtHook hook) {
    Communicator communicator = context.communicator();
    this.slabs = slabs;
    this.rank = communicator.rank();
    this.timers = context.timers();
    this.hook = hook;
    this.transform = new double[2][slabs.points()];
    this.field = new double[2][slabs.points()];
    this.work = new BlockFft.Work(blockElements(slabs));
    this.columnsZ = BlockFft.wideColumns(slabs.nz());
    this.planes = new PlaneTransforms(slabs, work, timers);
    this.fftZ = new BlockFft(slabs.nz(), columnsZ, work);
    this.evolution = new Evolution(slabs);
    this.checksum = new Checksum(communicator, slabs);
    if (slabs.ranks() == 1) {
      this.stage = field;
      this.pipeline = null;
      this.toRows = null;
      this.toPlanes = null;
    } else {
      this.stage = new double[2][stagePoints(slabs)];
      this.pipeline = new TransposePipeline(communicator, messageBytes(slabs), overlap, timers);
      this.toRows = new PlanesToRows(slabs, rank, field, transform);
      this.toPlanes = new RowsToPlanes(slabs, rank, stage, field);
    }
  }

  private static int blockElements(Slabs slabs) {
    int columnsZ = BlockFft.wideColumns(slabs.nz());
    return Math.max(PlaneTransforms.blockElements(slabs), columnsZ * slabs.nz());
  }

  private static int stagePoints(Slabs slabs) {
    return slabs.nx() * slabs.chunkRows() * slabs.nz();
  }

  private static long messageBytes(Slabs slabs) {
    return 2L * Double.BYTES * slabs.messagePoints();
  }

  /** What an instance takes, in bytes. */
  static long bytes(Slabs slabs) {
    long bytes =
        4L * Double.BYTES * slabs.points()
            + BlockFft.Work.bytes(blockElements(slabs))
            + PlaneTransforms.bytes(slabs)
            + BlockFft.bytes(slabs.nz())
            + Evolution.bytes(slabs)
            + Checksum.bytes();
    return slabs.ranks() == 1
        ? bytes
        : bytes
            + 2L * Double.BYTES * stagePoints(slabs)
            + TransposePipeline.bytes(slabs.ranks(), messageBytes(slabs));
  }

  /** Makes the initial condition, and what transforms need. */
  void initialize() {
    planes.computeRoots();
    fftZ.computeRoots();
    hook.accept(FtHook.What.ROOTS, fftZ.roots());
    InitialCondition.fill(slabs, rank, field[0], field[1]);
    hook.accept(FtHook.What.FIELD, field[0]);
    timers.end(FtPhase.INITIAL);
  }

  /** Transforms the initial condition; collective. */
  void forward() {
    if (pipeline == null) {
      for (int plane = 0; plane < slabs.planes(); plane++) {
        planes.forward(field[0], field[1], plane);
      }
      forwardZ(field);
    } else {
      pipeline.start(toRows);
      for (int plane = 0; plane < slabs.planes(); plane++) {
        planes.forward(field[0], field[1], plane);
        if ((plane + 1) % slabs.chunkPlanes() == 0) {
          pipeline.put(plane / slabs.chunkPlanes());
        } else {
          pipeline.progress();
        }
      }
      pipeline.finish();
      forwardZ(transform);
    }
  }

  private void forwardZ(double[][] from) {
    int stride = slabs.rows() * slabs.nx();
    for (int at = 0; at < stride; at += columnsZ) {
      fftZ.transform(from[0], from[1], at, stride, transform[0], transform[1], at, stride);
    }
    timers.end(FtPhase.FFT_Z);
  }

  /**
   * Computes the field at a time, and its checksum; collective.
   *
   * @param time how many steps from the start
   */
  void step(int time) {
    evolution.at(time);
    hook.accept(FtHook.What.FACTORS, evolution.x());
    timers.end(FtPhase.EVOLVE);
    if (pipeline == null) {
      for (int row = 0; row < slabs.rows(); row++) {
        inverseZ(row, row, slabs.planePoints());
      }
    } else {
      pipeline.start(toPlanes);
      int chunkRows = slabs.chunkRows();
      for (int row = 0; row < slabs.rows(); row++) {
        inverseZ(row, row % chunkRows, chunkRows * slabs.nx());
        if ((row + 1) % chunkRows == 0) {
          pipeline.put(row / chunkRows);
        }
      }
      pipeline.finish();
    }
    for (int plane = 0; plane < slabs.planes(); plane++) {
      planes.inverse(field[0], field[1], plane);
    }
    checksum.compute(field[0], field[1]);
    timers.end(FtPhase.CHECKSUM);
  }

  /** One row of all z, from the transform to the stage. */
  private void inverseZ(int row, int stageRow, int stageStride) {
    int nx = slabs.nx();
    int stride = slabs.rows() * nx;
    double factor = evolution.y()[rank * slabs.rows() + row];
    for (int x = 0; x < nx; x += columnsZ) {
      int from = row * nx + x;
      evolve(transform[0], from, stride, x, factor, work.re());
      evolve(transform[1], from, stride, x, factor, work.im());
      timers.end(FtPhase.EVOLVE);
      int to = stageRow * nx + x;
      fftZ.transform(work.im(), work.re(), 0, columnsZ, stage[1], stage[0], to, stageStride);
      timers.end(FtPhase.FFT_Z);
      if (pipeline != null) {
        pipeline.progress();
      }
    }
  }

  private void evolve(double[] part, int from, int stride, int x, double factor, double[] block) {
    BlockLoops.evolve(part, from, stride, columnsZ, evolution.x(), x, evolution.z(), factor, block);
  }

  /** Writes the checksum of the last step into an array, real part first. */
  void checksum(double[] to, int at) {
    to[at] = checksum.re();
    to[at + 1] = checksum.im();
  }
}
