package io.weft.kernels.mg;

import io.weft.comm.Communicator;
import io.weft.kernels.timed.PhaseTimers;

/**
 * One grid of the hierarchy on one rank: its solution and its residual, on a slab of the planes, or
 * whole where there would be fewer than two planes a rank. Whole grids are computed by every rank
 * alike, from the same bits to the same bits.
 */
final class GridLevel implements AutoCloseable {
  /** Computes a plane of a field and closes it in x and y. */
  interface PlaneWork {
    void plane(int z);
  }

  private final Field solution;
  private final Field residual;
  private final int firstPlane;

  /** Null where the grid is whole. */
  private final PlaneHalo halo;

  private final PhaseTimers timers;
  private final boolean overlap;

  /** Makes one; collective. */
  GridLevel(int points, Communicator communicator, PhaseTimers timers, boolean overlap) {
    int ranks = communicator.size();
    int planes = planes(points, ranks);
    this.solution = new Field(points, planes);
    this.residual = new Field(points, planes);
    boolean whole = planes == points;
    this.firstPlane = whole ? 0 : communicator.rank() * planes;
    this.halo = whole ? null : new PlaneHalo(communicator, solution.plane());
    this.timers = timers;
    this.overlap = overlap;
  }

  /** How many planes of a grid a rank has. */
  static int planes(int points, int ranks) {
    return points / ranks >= 2 ? points / ranks : points;
  }

  /** What {@link #GridLevel} takes of heap and of the communicator's memory, in bytes. */
  static long bytes(int points, int ranks) {
    int planes = planes(points, ranks);
    long halo = planes == points ? 0 : PlaneHalo.bytes((points + 2) * (points + 2));
    return 2 * Field.elements(points, planes) * Double.BYTES + halo;
  }

  Field solution() {
    return solution;
  }

  Field residual() {
    return residual;
  }

  /** Whether this rank has all planes. */
  boolean isWhole() {
    return halo == null;
  }

  /** Which of all planes is this rank's first. */
  int firstPlane() {
    return firstPlane;
  }

  /**
   * Computes all planes of a field, and its ghosts. The outer planes come first, so that they are
   * on their way while the others are computed; no plane may depend on another of the same field.
   *
   * @param phase what the computing counts as
   */
  void sweep(Field target, PlaneWork work, MgPhase phase) {
    int last = target.planes() - 1;
    if (halo == null) {
      for (int z = 0; z <= last; z++) {
        work.plane(z);
      }
      target.closeCube();
      timers.end(phase);
      return;
    }
    work.plane(0);
    work.plane(last);
    if (overlap) {
      timers.end(phase);
      start(target);
    }
    for (int z = 1; z < last; z++) {
      work.plane(z);
    }
    timers.end(phase);
    if (!overlap) {
      start(target);
    }
    halo.await();
    timers.end(MgPhase.WAIT);
    halo.copyTo(target);
    timers.end(MgPhase.COPY);
  }

  private void start(Field target) {
    halo.start(target);
    timers.end(MgPhase.PACK);
  }

  @Override
  public void close() {
    if (halo != null) {
      halo.close();
    }
  }
}
