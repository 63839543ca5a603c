package io.weft.kernels.ft;

import io.weft.kernels.timed.PhaseTimers;

/**
 * Transforms along x and y of one plane, in place.
 *
 * <p>In space (before the forward transforms, after the inverse ones) a plane is groups of {@value
 * BlockFft#NARROW} rows, each group with its rows beside each other, so that vectors run across
 * them; between x and y it is made rows, in the cache. In wave numbers it is rows, x fastest.
 */
final class PlaneTransforms {
  private static final int COLUMNS = BlockFft.NARROW;

  private final Slabs slabs;
  private final BlockFft.Work work;
  private final PhaseTimers timers;
  private final int columnsY;
  private final BlockFft fftX;
  private final BlockFft fftY;

  /** Allocates, with a work space for blocks of {@link #blockElements}. */
  PlaneTransforms(Slabs slabs, BlockFft.Work work, PhaseTimers timers) {
    this.slabs = slabs;
    this.work = work;
    this.timers = timers;
    this.columnsY = BlockFft.wideColumns(slabs.ny());
    this.fftX = new BlockFft(slabs.nx(), COLUMNS, work);
    this.fftY = new BlockFft(slabs.ny(), columnsY, work);
  }

  /** What an instance takes without its work space, in bytes. */
  static long bytes(Slabs slabs) {
    return BlockFft.bytes(slabs.nx()) + BlockFft.bytes(slabs.ny());
  }

  /** Elements of the largest block. */
  static int blockElements(Slabs slabs) {
    return Math.max(COLUMNS * slabs.nx(), BlockFft.wideColumns(slabs.ny()) * slabs.ny());
  }

  /** Computes the roots of unity. */
  void computeRoots() {
    fftX.computeRoots();
    fftY.computeRoots();
  }

  /**
   * From space to wave numbers.
   *
   * @param re real parts
   * @param im imaginary parts
   * @param plane which plane of these
   */
  void forward(double[] re, double[] im, int plane) {
    int nx = slabs.nx();
    int first = plane * slabs.planePoints();
    for (int y = 0; y < slabs.ny(); y += COLUMNS) {
      int group = first + y * nx;
      fftX.transform(re, im, group, COLUMNS, re, im, group, COLUMNS);
      toRows(re, group);
      toRows(im, group);
    }
    timers.end(FtPhase.FFT_X);
    for (int x = 0; x < nx; x += columnsY) {
      fftY.transform(re, im, first + x, nx, re, im, first + x, nx);
    }
    timers.end(FtPhase.FFT_Y);
  }

  private void toRows(double[] part, int group) {
    System.arraycopy(part, group, work.re(), 0, COLUMNS * slabs.nx());
    BlockLoops.columnsToRows(work.re(), part, group, slabs.nx());
  }

  /**
   * From wave numbers to space, not divided by the number of points.
   *
   * @param re real parts
   * @param im imaginary parts
   * @param plane which plane of these
   */
  void inverse(double[] re, double[] im, int plane) {
    int nx = slabs.nx();
    int first = plane * slabs.planePoints();
    for (int x = 0; x < nx; x += columnsY) {
      fftY.transform(im, re, first + x, nx, im, re, first + x, nx);
    }
    timers.end(FtPhase.FFT_Y);
    for (int y = 0; y < slabs.ny(); y += COLUMNS) {
      int group = first + y * nx;
      BlockLoops.rowsToColumns(re, group, nx, work.re());
      BlockLoops.rowsToColumns(im, group, nx, work.im());
      fftX.transform(work.im(), work.re(), 0, COLUMNS, im, re, group, COLUMNS);
    }
    timers.end(FtPhase.FFT_X);
  }
}
