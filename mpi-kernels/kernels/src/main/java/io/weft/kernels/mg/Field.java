package io.weft.kernels.mg;

/**
 * Numbers on some planes of a periodic cube of points, with one layer of ghost points around them.
 * Rows run along x, planes are of x and y; {@code z} counts planes, and all of x, y, z go from -1
 * to the number of points.
 */
final class Field {
  /** Behind the last row, so that whole vectors may be read there. */
  private static final int PADDING = 8;

  private final int points;
  private final int planes;
  private final int row;
  private final int plane;
  private final double[] values;

  /** Makes one of zeros with {@code points} by {@code points} by {@code planes} inner points. */
  Field(int points, int planes) {
    this.points = points;
    this.planes = planes;
    this.row = points + 2;
    this.plane = row * row;
    this.values = new double[Math.toIntExact(elements(points, planes))];
  }

  /** The length of the array, in elements. */
  static long elements(int points, int planes) {
    return (planes + 2L) * (points + 2) * (points + 2) + PADDING;
  }

  int points() {
    return points;
  }

  int planes() {
    return planes;
  }

  /** How far apart neighbours in y are. */
  int row() {
    return row;
  }

  /** How far apart neighbours in z are: the elements of a plane, with its ghosts. */
  int plane() {
    return plane;
  }

  double[] values() {
    return values;
  }

  /** Where the point (0, y, z) is. */
  int at(int z, int y) {
    return (z + 1) * plane + (y + 1) * row + 1;
  }

  /** Where a plane starts, with its ghosts. */
  int start(int z) {
    return (z + 1) * plane;
  }

  /** Sets a plane's ghosts in x and y to what is at the other side. */
  void closePlane(int z) {
    for (int y = 0; y < points; y++) {
      int at = at(z, y);
      values[at - 1] = values[at + points - 1];
      values[at + points] = values[at];
    }
    int first = start(z);
    System.arraycopy(values, first + points * row, values, first, row);
    System.arraycopy(values, first + row, values, first + (points + 1) * row, row);
  }

  /** Sets the ghost planes to the last and first plane, where one rank has all of them. */
  void closeCube() {
    System.arraycopy(values, start(planes - 1), values, start(-1), plane);
    System.arraycopy(values, start(0), values, start(planes), plane);
  }
}
