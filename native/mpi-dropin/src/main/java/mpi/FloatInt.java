package mpi;

/**
 * The structure of {@link MPI#FLOAT_INT}: a value and an index. There is one, {@link MPI#floatInt}.
 */
public final class FloatInt extends Struct {
  private final int value = addFloat();

  /** Aligned as C aligns it. */
  private final int index = setOffset(4).addInt();

  FloatInt() {}

  @Override
  protected Data newData() {
    return new Data(this);
  }

  /** A value and its index in a buffer. */
  public static final class Data extends Struct.Data {
    private final FloatInt struct;

    /**
     * Made by {@link Struct#getData(java.nio.ByteBuffer)} and its like, not by programs.
     *
     * @param struct the structure
     */
    public Data(FloatInt struct) {
      super(struct);
      this.struct = struct;
    }

    /**
     * The value.
     *
     * @return as it is in the buffer
     */
    public float getValue() {
      return getFloat(struct.value);
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
    public void putValue(float value) {
      putFloat(struct.value, value);
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
