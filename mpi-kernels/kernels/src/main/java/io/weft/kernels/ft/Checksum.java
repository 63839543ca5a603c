package io.weft.kernels.ft;

import io.weft.comm.Communicator;
import io.weft.comm.ElementType;
import io.weft.comm.ReduceOp;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * The sum of 1024 points of the field, {@code (j mod nx, 3 j mod ny, 5 j mod nz)} for {@code j = 1
 * .. 1024}, divided by the number of points (RNR-94-007, "Kernel FT", step 6).
 *
 * <p>Ranks exchange the points, not their sums: each tells those of its planes and 0 for the
 * others, which adds exactly in any order, and then all add the points up in order of {@code j}. So
 * the bits are the same on every rank, on any number of ranks, and whatever the order of the
 * reduction.
 */
final class Checksum {
  private static final int TERMS = 1024;
  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE;
  private static final int COLUMNS = BlockFft.NARROW;

  private final Communicator communicator;
  private final Slabs slabs;
  private final int firstPlane;
  private final double[] terms = new double[2 * TERMS];
  private final MemorySegment message;
  private double re;
  private double im;

  /**
   * Allocates.
   *
   * @param communicator the ranks
   * @param slabs how the grid is dealt out
   */
  Checksum(Communicator communicator, Slabs slabs) {
    this.communicator = communicator;
    this.slabs = slabs;
    this.firstPlane = slabs.planes() * communicator.rank();
    this.message = communicator.allocate(2L * TERMS * Double.BYTES);
  }

  /** What an instance takes, in bytes. */
  static long bytes() {
    return 2 * 2L * TERMS * Double.BYTES;
  }

  /**
   * Adds up; collective. Allocates nothing.
   *
   * @param fieldRe real parts of this rank's planes, in the order of {@link InitialCondition#fill}
   * @param fieldIm imaginary parts
   */
  void compute(double[] fieldRe, double[] fieldIm) {
    Arrays.fill(terms, 0);
    for (int j = 1; j <= TERMS; j++) {
      int plane = 5 * j % slabs.nz() - firstPlane;
      if (plane >= 0 && plane < slabs.planes()) {
        int at = place(j % slabs.nx(), 3 * j % slabs.ny(), plane);
        terms[2 * (j - 1)] = fieldRe[at];
        terms[2 * (j - 1) + 1] = fieldIm[at];
      }
    }
    if (communicator.size() > 1) {
      MemorySegment.copy(terms, 0, message, DOUBLE, 0, terms.length);
      communicator.allreduce(
          message, 0, message, 0, terms.length, ElementType.DOUBLE, ReduceOp.SUM);
      MemorySegment.copy(message, DOUBLE, 0, terms, 0, terms.length);
    }
    re = 0;
    im = 0;
    for (int k = 0; k < terms.length; k += 2) {
      re += terms[k];
      im += terms[k + 1];
    }
    double points = (double) slabs.nx() * slabs.ny() * slabs.nz();
    re /= points;
    im /= points;
  }

  private int place(int x, int y, int plane) {
    int group = plane * (slabs.ny() / COLUMNS) + y / COLUMNS;
    return (group * slabs.nx() + x) * COLUMNS + y % COLUMNS;
  }

  /** The real part that was computed last. */
  double re() {
    return re;
  }

  /** The imaginary part that was computed last. */
  double im() {
    return im;
  }
}
