package mpi;

/**
 * The grid of a {@link CartComm}, and this process's place in it; given by {@link
 * CartComm#getTopo}.
 */
public final class CartParms {
  private final int[] dims;
  private final boolean[] periods;
  private final int[] coords;

  CartParms(int[] dims, boolean[] periods, int[] coords) {
    this.dims = dims;
    this.periods = periods;
    this.coords = coords;
  }

  /**
   * The number of dimensions.
   *
   * @return the number
   */
  public int getDimCount() {
    return dims.length;
  }

  /**
   * The number of processes along a dimension.
   *
   * @param i the dimension, from 0
   * @return the number
   * @throws IndexOutOfBoundsException if there is no such dimension
   */
  public int getDim(int i) {
    return dims[i];
  }

  /**
   * Whether a dimension closes to a ring.
   *
   * @param i the dimension, from 0
   * @return true if it does
   * @throws IndexOutOfBoundsException if there is no such dimension
   */
  public boolean getPeriod(int i) {
    return periods[i];
  }

  /**
   * This process's coordinate.
   *
   * @param i the dimension, from 0
   * @return its place along that dimension, from 0
   * @throws IndexOutOfBoundsException if there is no such dimension
   */
  public int getCoord(int i) {
    return coords[i];
  }
}
