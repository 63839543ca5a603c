package io.weft.kernels.mg;

import io.weft.comm.Communicator;
import io.weft.comm.ReduceOp;
import io.weft.kernels.timed.PhaseTimers;
import io.weft.kernels.timed.RunContext;
import java.util.Arrays;

/**
 * The V-cycle of MG (RNR-94-007, section 2.5): the residual goes down to 2 x 2 x 2 points, a
 * correction comes up, smoothed once on each grid. Nothing is allocated but by {@link #norm}.
 */
final class Multigrid implements AutoCloseable {
  private final MgClass problem;
  private final RunContext context;
  private final PhaseTimers timers;
  private final GridLevel[] levels;
  private final GridLevel finest;
  private final Field rightHandSide;

  /** Completes the finest whole grid where finer ones are in slabs; else null. */
  private final CoarseGather gather;

  private final double[] near;
  private final double[] diagonal;

  /** Makes one with a right-hand side and a solution of zeros; collective. */
  Multigrid(MgClass problem, RunContext context) {
    this.problem = problem;
    this.context = context;
    this.timers = context.timers();
    Communicator communicator = context.communicator();
    this.levels = new GridLevel[problem.log2Points()];
    CoarseGather gathers = null;
    for (int k = 0; k < levels.length; k++) {
      levels[k] = new GridLevel(2 << k, communicator, timers, context.overlap());
      if (k > 0 && levels[k - 1].isWhole() && !levels[k].isWhole()) {
        Field coarse = levels[k - 1].solution();
        gathers = new CoarseGather(communicator, coarse.plane(), coarse.planes());
      }
    }
    this.gather = gathers;
    this.finest = levels[levels.length - 1];
    Field top = finest.solution();
    this.rightHandSide = new Field(top.points(), top.planes());
    this.near = new double[top.row() + StencilRows.PADDING];
    this.diagonal = new double[top.row() + StencilRows.PADDING];
  }

  /** What one takes of heap and of the communicator's memory on a rank, in bytes. */
  static long bytes(MgClass problem, int ranks) {
    int points = problem.points();
    long bytes = Field.elements(points, GridLevel.planes(points, ranks)) * Double.BYTES;
    bytes += 2L * (points + 2 + StencilRows.PADDING) * Double.BYTES;
    for (int k = 0; k < problem.log2Points(); k++) {
      int own = 2 << k;
      bytes += GridLevel.bytes(own, ranks);
      boolean whole = GridLevel.planes(own, ranks) == own;
      if (whole && ranks > 1 && GridLevel.planes(2 * own, ranks) != 2 * own) {
        bytes += CoarseGather.bytes((own + 2) * (own + 2), own, ranks);
      }
    }
    return bytes;
  }

  /** Of the finest grid; only its inner points count. */
  Field rightHandSide() {
    return rightHandSide;
  }

  /** Of the finest grid, with its ghosts; live. */
  double[] solution() {
    return finest.solution().values();
  }

  /** Which of all planes of the finest grid is this rank's first. */
  int firstPlane() {
    return finest.firstPlane();
  }

  /** Starts again from zero. */
  void reset() {
    Arrays.fill(finest.solution().values(), 0);
  }

  /** {@code r = v - A u} on the finest grid; collective. */
  void residual() {
    residual(finest, rightHandSide);
  }

  /** One V-cycle: {@code u += M r}; collective. The residual is not brought up to date. */
  void cycle() {
    for (int k = levels.length - 1; k > 0; k--) {
      restrict(levels[k], levels[k - 1]);
    }
    Arrays.fill(levels[0].solution().values(), 0);
    smooth(levels[0]);
    for (int k = 1; k < levels.length - 1; k++) {
      interpolate(levels[k - 1], levels[k], false);
      residual(levels[k], levels[k].residual());
      smooth(levels[k]);
    }
    interpolate(levels[levels.length - 2], finest, true);
    residual(finest, rightHandSide);
    smooth(finest);
  }

  private void residual(GridLevel level, Field v) {
    Field u = level.solution();
    Field r = level.residual();
    level.sweep(
        r,
        z -> {
          for (int y = 0; y < u.points(); y++) {
            int at = u.at(z, y);
            sumsAround(u, at);
            StencilRows.residual(
                u.values(), v.values(), r.values(), at, u.points(), near, diagonal);
          }
          r.closePlane(z);
        },
        MgPhase.RESIDUAL);
  }

  private void smooth(GridLevel level) {
    Field u = level.solution();
    Field r = level.residual();
    double c0 = problem.smoother().get(0);
    double c1 = problem.smoother().get(1);
    double c2 = problem.smoother().get(2);
    level.sweep(
        u,
        z -> {
          for (int y = 0; y < u.points(); y++) {
            int at = u.at(z, y);
            sumsAround(r, at);
            StencilRows.smooth(r.values(), u.values(), at, u.points(), near, diagonal, c0, c1, c2);
          }
          u.closePlane(z);
        },
        MgPhase.SMOOTH);
  }

  private void restrict(GridLevel fine, GridLevel coarse) {
    if (fine.isWhole() || !coarse.isWhole()) {
      coarse.sweep(
          coarse.residual(),
          z -> restrictPlane(fine.residual(), 2 * z + 1, coarse.residual(), z),
          MgPhase.RESTRICT);
      return;
    }
    int own = fine.residual().planes() / 2;
    for (int z = 0; z < own; z++) {
      restrictPlane(
          fine.residual(), 2 * z + 1, coarse.residual(), context.communicator().rank() * own + z);
    }
    timers.end(MgPhase.RESTRICT);
    gather.gather(coarse.residual());
    coarse.residual().closeCube();
    timers.end(MgPhase.GATHER);
  }

  private void restrictPlane(Field fine, int fineZ, Field coarse, int z) {
    for (int y = 0; y < coarse.points(); y++) {
      int at = fine.at(fineZ, 2 * y + 1);
      sumsAround(fine, at);
      StencilRows.restrict(
          fine.values(), at, near, diagonal, coarse.values(), coarse.at(z, y), coarse.points());
    }
    coarse.closePlane(z);
  }

  private void sumsAround(Field field, int at) {
    StencilRows.sumsAround(
        field.values(), at - 1, field.row(), field.plane(), field.row(), near, diagonal);
  }

  /** Ghost planes too: what they need of the coarse grid is there, and no message is. */
  private void interpolate(GridLevel from, GridLevel to, boolean add) {
    Field coarse = from.solution();
    Field fine = to.solution();
    boolean ownPart = from.isWhole() && !to.isWhole();
    int first = ownPart ? to.firstPlane() / 2 : 0;
    for (int z = -1; z <= fine.planes(); z++) {
      int lowerZ = first + Math.floorDiv(z - 1, 2);
      int upperZ = first + Math.floorDiv(z, 2);
      for (int y = 0; y < fine.points(); y++) {
        int lowerY = Math.floorDiv(y - 1, 2);
        int upperY = y / 2;
        StencilRows.mean(
            coarse.values(),
            coarse.at(lowerZ, lowerY) - 1,
            coarse.at(lowerZ, upperY) - 1,
            coarse.at(upperZ, lowerY) - 1,
            coarse.at(upperZ, upperY) - 1,
            coarse.row(),
            near);
        if (add) {
          StencilRows.addInterpolated(near, fine.values(), fine.at(z, y), coarse.points());
        } else {
          StencilRows.interpolate(near, fine.values(), fine.at(z, y), coarse.points());
        }
      }
      fine.closePlane(z);
    }
    timers.end(MgPhase.INTERPOLATE);
  }

  /**
   * The L2 norm of the residual of the finest grid, the root of its mean square; collective. Planes
   * are added up in their order: the bits do not depend on the number of ranks.
   */
  double norm() {
    Field r = finest.residual();
    double[] planes = new double[r.points()];
    for (int z = 0; z < r.planes(); z++) {
      for (int y = 0; y < r.points(); y++) {
        planes[firstPlane() + z] += StencilRows.squares(r.values(), r.at(z, y), r.points());
      }
    }
    timers.end(MgPhase.SQUARES);
    double sum = 0;
    // All but one of what is combined are 0: in which order does not matter.
    for (double plane : finest.isWhole() ? planes : combine(planes)) {
      sum += plane;
    }
    timers.end(MgPhase.SUM);
    return Math.sqrt(sum / Math.pow(r.points(), 3));
  }

  /** The same of this rank's planes alone; not collective, and on no clock of a phase. */
  double ownNorm() {
    Field r = finest.residual();
    double sum = 0;
    for (int z = 0; z < r.planes(); z++) {
      for (int y = 0; y < r.points(); y++) {
        sum += StencilRows.squares(r.values(), r.at(z, y), r.points());
      }
    }
    return Math.sqrt(sum / ((double) r.points() * r.points() * r.planes()));
  }

  private double[] combine(double[] planes) {
    return context.reductions().combine(planes, ReduceOp.SUM);
  }

  @Override
  public void close() {
    for (GridLevel level : levels) {
      level.close();
    }
  }
}
