package mpi;

/**
 * The structure of {@link MPI#LONG_INT}: a value and an index. There is one, {@link MPI#longInt}.
 */
public final class LongInt extends Struct {
  private final int value = addLong();

  /** Aligned as C aligns it. */
  private final int index = setOffset(8).addInt();

  LongInt() {}

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
    public long getValue() {
      return getLong(LongInt.this.value);
    }

    /**
     * The index.
     *
     * @return as it is in the buffer
     */
    public int getIndex() {
      return getInt(LongInt.this.index);
    }

    /**
     * Puts the value into the buffer.
     *
     * @param value the value
     */
    public void putValue(long value) {
      putLong(LongInt.this.value, value);
    }

    /**
     * Puts the index into the buffer.
     *
     * @param index the index
     */
    public void putIndex(int index) {
      putInt(LongInt.this.index, index);
    }
  }
}
