package io.weft.kernels.ft;

import io.weft.kernels.ProblemClass;
import java.util.List;

/**
 * One problem size with its published answers. Extents are powers of two, at least {@link
 * BlockFft#WIDE} in x and {@link BlockFft#NARROW} in y.
 *
 * @param name the class's letter
 * @param nx points in x, which neighbour each other in the random sequence
 * @param ny points in y
 * @param nz points in z
 * @param checksums the published checksum of each iteration
 */
record FtClass(String name, int nx, int ny, int nz, List<Complex> checksums)
    implements ProblemClass {
  /** The largest relative error of either part of a checksum that passes. */
  static final double TOLERANCE = 1e-12;

  /** The published classes, smallest first (NPB 3.4). */
  static final List<FtClass> PUBLISHED =
      List.of(
          new FtClass("S", 64, 64, 64, PublishedChecksums.S),
          new FtClass("W", 128, 128, 32, PublishedChecksums.W),
          new FtClass("A", 256, 256, 128, PublishedChecksums.A),
          new FtClass("B", 512, 256, 256, PublishedChecksums.B),
          new FtClass("C", 512, 512, 512, PublishedChecksums.C));

  /** Copies the list. */
  FtClass {
    checksums = List.copyOf(checksums);
  }

  /** The timed iterations, each a step in time and an inverse transform. */
  int iterations() {
    return checksums.size();
  }

  /** The points of the grid. */
  long points() {
    return (long) nx * ny * nz;
  }

  @Override
  public String parameters() {
    return "%d x %d x %d points, %d iterations".formatted(nx, ny, nz, iterations());
  }

  /** Floating-point operations, by NPB's formula. */
  @Override
  public double operations() {
    double log = Math.log(points());
    return points() * (14.8157 + 7.19641 * log + (5.23518 + 7.21113 * log) * iterations());
  }
}
