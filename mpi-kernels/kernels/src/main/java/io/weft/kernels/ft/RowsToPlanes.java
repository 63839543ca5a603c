package io.weft.kernels.ft;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The transpose after the inverse transforms along z: from rows to planes, some rows at a time. A
 * part is computed into an array of its own, x fastest, then its rows, then all z; what goes to one
 * rank lies beside each other there.
 */
final class RowsToPlanes implements ChunkMover {
  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE;

  private final Slabs slabs;
  private final int rank;
  private final double[][] stage;
  private final double[][] planes;

  /**
   * Moves from a part's array to a field.
   *
   * @param slabs how the grid is dealt out
   * @param rank this rank
   * @param stage real and imaginary parts of one part
   * @param planes real and imaginary parts of this rank's planes
   */
  RowsToPlanes(Slabs slabs, int rank, double[][] stage, double[][] planes) {
    this.slabs = slabs;
    this.rank = rank;
    this.stage = stage.clone();
    this.planes = planes.clone();
  }

  @Override
  public int chunks() {
    return slabs.rows() / slabs.chunkRows();
  }

  @Override
  public long messageBytes() {
    return 2L * Double.BYTES * messagePoints();
  }

  /** The points of one plane in a part. */
  private int blockPoints() {
    return slabs.chunkRows() * slabs.nx();
  }

  private int messagePoints() {
    return slabs.planes() * blockPoints();
  }

  private int inPlanes(int plane, int chunk, int from) {
    int row = from * slabs.rows() + chunk * slabs.chunkRows();
    return plane * slabs.planePoints() + row * slabs.nx();
  }

  @Override
  public void pack(int chunk, int to, MemorySegment message, long offsetBytes) {
    long at = offsetBytes;
    for (double[] part : stage) {
      MemorySegment.copy(part, to * messagePoints(), message, DOUBLE, at, messagePoints());
      at += (long) Double.BYTES * messagePoints();
    }
  }

  @Override
  public void unpack(int chunk, int from, MemorySegment message, long offsetBytes) {
    long at = offsetBytes;
    for (double[] part : planes) {
      for (int plane = 0; plane < slabs.planes(); plane++) {
        MemorySegment.copy(message, DOUBLE, at, part, inPlanes(plane, chunk, from), blockPoints());
        at += (long) Double.BYTES * blockPoints();
      }
    }
  }

  @Override
  public void keep(int chunk) {
    for (int part = 0; part < stage.length; part++) {
      for (int plane = 0; plane < slabs.planes(); plane++) {
        System.arraycopy(
            stage[part],
            (rank * slabs.planes() + plane) * blockPoints(),
            planes[part],
            inPlanes(plane, chunk, rank),
            blockPoints());
      }
    }
  }
}
