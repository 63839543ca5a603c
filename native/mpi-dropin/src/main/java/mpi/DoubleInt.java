package mpi;

/**
 * The structure of {@link MPI#DOUBLE_INT}: a value and an index. There is one, {@link
 * MPI#doubleInt}.
 */
public final class DoubleInt extends Struct {
  private final int value = addDouble();

  /** Aligned as C aligns it. */
  private final int index = setOffset(8).addInt();

  DoubleInt() {}

  @Override
  protected Data newData() {
    return new Data();
  }

  /** A value and its index in a buffer. */
  public final class Data extends Struct.Data {
    /** Made by {@link Struct#getData(java.nio.ByteBuffer)} and its like, not by programs. */
    public Data() {}

    /**
     * The value.
     *
     * @return as it is in the buffer
     */
    public double getValue() {
      return getDouble(DoubleInt.this.value);
    }

    /**
     * The index.
     *
     * @return as it is in the buffer
     */
    public int getIndex() {
      return getInt(DoubleInt.this.index);
    }

    /**
     * Puts the value into the buffer.
     *
     * @param value the value
     */
    public void putValue(double value) {
      putDouble(DoubleInt.this.value, value);
    }

    /**
     * Puts the index into the buffer.
     *
     * @param index the index
     */
    public void putIndex(int index) {
      putInt(DoubleInt.this.index, index);
    }
  }
}
