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
    public float getValue() {
      return getFloat(FloatInt.this.value);
    }

    /**
     * The index.
     *
     * @return as it is in the buffer
     */
    public int getIndex() {
      return getInt(FloatInt.this.index);
    }

    /**
     * Puts the value into the buffer.
     *
     * @param value the value
     */
    public void putValue(float value) {
      putFloat(FloatInt.this.value, value);
    }

    /**
     * Puts the index into the buffer.
     *
     * @param index the index
     */
    public void putIndex(int index) {
      putInt(FloatInt.this.index, index);
    }
  }
}
