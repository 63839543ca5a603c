package io.weft.kernels.jacobi2d;

import io.weft.comm.Cartesian;
import io.weft.comm.Communicator;
import io.weft.comm.HaloExchange;
import io.weft.kernels.timed.PhaseTimers;
import io.weft.kernels.timed.RunContext;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * This rank's lines of the field, with one more above and below, before and after a step. The sides
 * of the square are 0 and stay so.
 */
final class HeatGrid implements AutoCloseable {
  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE;

  private static final int DOWN = 0;
  private static final int UP = 1;

  private final HeatClass problem;
  private final int firstLine;
  private final int lines;
  private final int row;
  private final PhaseTimers timers;
  private final boolean overlap;
  private final MemorySegment send;
  private final MemorySegment receive;
  private final int below;
  private final int above;
  private final HaloExchange halo;
  private double[] now;
  private double[] next;

  /** Makes one with the field at the start; collective. */
  HeatGrid(HeatClass problem, RunContext context) {
    this.problem = problem;
    this.timers = context.timers();
    this.overlap = context.overlap();
    Communicator communicator = context.communicator();
    long rank = communicator.rank();
    int ranks = communicator.size();
    this.firstLine = 1 + (int) (problem.points() * rank / ranks);
    this.lines = 1 + (int) (problem.points() * (rank + 1) / ranks) - firstLine;
    this.row = problem.intervals() + 1;
    this.now = new double[(lines + 2) * row];
    this.next = new double[(lines + 2) * row];

    this.below = rank > 0 ? (int) rank - 1 : Cartesian.NO_NEIGHBOUR;
    this.above = rank < ranks - 1 ? (int) rank + 1 : Cartesian.NO_NEIGHBOUR;
    long bytes = (long) row * Double.BYTES;
    this.send = communicator.allocate(2 * bytes);
    this.receive = communicator.allocate(2 * bytes);
    this.halo =
        HaloExchange.of(
            communicator,
            List.of(
                new HaloExchange.Face(below, send, 0, receive, 0, bytes, DOWN, UP),
                new HaloExchange.Face(above, send, bytes, receive, bytes, bytes, UP, DOWN)));
    reset();
  }

  /** What one takes of heap and of the communicator's memory on the rank that takes most. */
  static long bytes(HeatClass problem, int ranks) {
    long lines = (problem.points() + ranks - 1) / ranks;
    return (2 * (lines + 2) + 4) * (problem.intervals() + 1) * Double.BYTES;
  }

  /** Starts again; collective. */
  void reset() {
    HeatSolution solution = new HeatSolution(problem);
    for (int line = 0; line < lines; line++) {
      for (int column = 1; column < problem.intervals(); column++) {
        now[at(line) + column - 1] = solution.start(firstLine + line, column);
      }
    }
    sendOuterLines(now);
    awaitNeighbours(now);
  }

  /** Where a line's first inner point is. */
  private int at(int line) {
    return (line + 1) * row + 1;
  }

  /** One step; collective. The outer lines first, so that they travel meanwhile. */
  void step() {
    step(0);
    if (lines > 1) {
      step(lines - 1);
    }
    if (overlap) {
      timers.end(HeatPhase.STEP);
      sendOuterLines(next);
    }
    for (int line = 1; line < lines - 1; line++) {
      step(line);
    }
    timers.end(HeatPhase.STEP);
    if (!overlap) {
      sendOuterLines(next);
    }
    awaitNeighbours(next);
    double[] before = now;
    now = next;
    next = before;
  }

  private void step(int line) {
    HeatRows.step(now, next, at(line), problem.points(), row, problem.ratio());
  }

  private void sendOuterLines(double[] field) {
    MemorySegment.copy(field, row, send, DOUBLE, 0, row);
    MemorySegment.copy(field, lines * row, send, DOUBLE, send.byteSize() / 2, row);
    halo.start();
    timers.end(HeatPhase.PACK);
  }

  private void awaitNeighbours(double[] field) {
    halo.await();
    timers.end(HeatPhase.WAIT);
    if (below != Cartesian.NO_NEIGHBOUR) {
      MemorySegment.copy(receive, DOUBLE, 0, field, 0, row);
    }
    if (above != Cartesian.NO_NEIGHBOUR) {
      long second = receive.byteSize() / 2;
      MemorySegment.copy(receive, DOUBLE, second, field, (lines + 1) * row, row);
    }
    timers.end(HeatPhase.COPY);
  }

  /** The field, with the lines above and below: all that a step depends on. */
  double[] field() {
    return now;
  }

  /**
   * What this rank has of the sums that say how high each sine is, and of the points that differ
   * from the solution by no more than {@code tolerance}.
   *
   * @return the first sine's, the second's, the points
   */
  double[] compare(HeatSolution solution, double tolerance) {
    double[] sums = new double[3];
    double each = 4.0 / problem.intervals() / problem.intervals();
    for (int line = 0; line < lines; line++) {
      for (int column = 1; column < problem.intervals(); column++) {
        double value = now[at(line) + column - 1];
        double first = solution.first(firstLine + line, column);
        double second = solution.second(firstLine + line, column);
        sums[0] += value * first * each;
        sums[1] += value * second * each;
        double exact = first * solution.firstHeight() + second * solution.secondHeight();
        sums[2] += Math.abs(value - exact) <= tolerance ? 1 : 0;
      }
    }
    return sums;
  }

  @Override
  public void close() {
    halo.close();
  }
}
