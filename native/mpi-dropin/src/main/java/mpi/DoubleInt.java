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
    return new Data(this);
  }

  /** A value and its index in a buffer. */
  public static final class Data extends Struct.Data {
    private final DoubleInt struct;

    /**
     * Made by {@link Struct#getData(java.nio.ByteBuffer)} and its like, not by programs.
     *
     * @param struct the structure
     */
    public Data(DoubleInt struct) {
      super(struct);
      this.struct = struct;
    }

    /**
     * The value.
     *
     * @return as it is in the buffer
     */
    public double getValue() {
      return getDouble(struct.value);
    }

    /**
     * The index.
     *
     * @return as it is in the buffer
     */
    public int getIndex() {
      return getInt(struct.index);
    }

    /**
     * Puts the value into the buffer.
     *
     * @param value the value
     */
    public void putValue(double value) {
      putDouble(struct.value, value);
    }

    /**
     * Puts the index into the buffer.
     *
     * @param index the index
     */
    public void putIndex(int index) {
      putInt(struct.index, index);
    }
  }
}
