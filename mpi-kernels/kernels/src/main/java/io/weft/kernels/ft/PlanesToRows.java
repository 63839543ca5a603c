package io.weft.kernels.ft;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The transpose after the forward transforms along x and y: from planes to rows, some planes at a
 * time. In a plane the rows of one rank lie beside each other, and at that rank they are all there
 * is of the plane, so that whole blocks are copied.
 */
final class PlanesToRows implements ChunkMover {
  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE;

  private final Slabs slabs;
  private final int rank;
  private final double[][] planes;
  private final double[][] rows;

  /**
   * Moves between two fields.
   *
   * @param slabs how the grid is dealt out
   * @param rank this rank
   * @param planes real and imaginary parts of this rank's planes
   * @param rows real and imaginary parts of this rank's rows
   */
  PlanesToRows(Slabs slabs, int rank, double[][] planes, double[][] rows) {
    this.slabs = slabs;
    this.rank = rank;
    this.planes = planes.clone();
    this.rows = rows.clone();
  }

  @Override
  public int chunks() {
    return slabs.planes() / slabs.chunkPlanes();
  }

  @Override
  public long messageBytes() {
    return 2L * Double.BYTES * slabs.chunkPlanes() * blockPoints();
  }

  /** The points of a plane that one rank gets. */
  private int blockPoints() {
    return slabs.rows() * slabs.nx();
  }

  private int inPlanes(int plane, int to) {
    return plane * slabs.planePoints() + to * blockPoints();
  }

  private int inRows(int plane, int from) {
    return (from * slabs.planes() + plane) * blockPoints();
  }

  @Override
  public void pack(int chunk, int to, MemorySegment message, long offsetBytes) {
    long at = offsetBytes;
    for (double[] part : planes) {
      for (int k = 0; k < slabs.chunkPlanes(); k++) {
        int plane = chunk * slabs.chunkPlanes() + k;
        MemorySegment.copy(part, inPlanes(plane, to), message, DOUBLE, at, blockPoints());
        at += (long) Double.BYTES * blockPoints();
      }
    }
  }

  @Override
  public void unpack(int chunk, int from, MemorySegment message, long offsetBytes) {
    // One after the other here, as in the message.
    int points = slabs.chunkPlanes() * blockPoints();
    long at = offsetBytes;
    for (double[] part : rows) {
      int first = inRows(chunk * slabs.chunkPlanes(), from);
      MemorySegment.copy(message, DOUBLE, at, part, first, points);
      at += (long) Double.BYTES * points;
    }
  }

  @Override
  public void keep(int chunk) {
    for (int part = 0; part < planes.length; part++) {
      for (int k = 0; k < slabs.chunkPlanes(); k++) {
        int plane = chunk * slabs.chunkPlanes() + k;
        System.arraycopy(
            planes[part], inPlanes(plane, rank), rows[part], inRows(plane, rank), blockPoints());
      }
    }
  }
}
