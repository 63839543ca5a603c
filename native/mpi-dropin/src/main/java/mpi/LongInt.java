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
    return new Data(this);
  }

  /** A value and its index in a buffer. */
  public static final class Data extends Struct.Data {
    private final LongInt struct;

    /**
     * Made by {@link Struct#getData(java.nio.ByteBuffer)} and its like, not by programs.
     *
     * @param struct the structure
     */
    public Data(LongInt struct) {
      super(struct);
      this.struct = struct;
    }

    /**
     * The value.
     *
     * @return as it is in the buffer
     */
    public long getValue() {
      return getLong(struct.value);
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
    public void putValue(long value) {
      putLong(struct.value, value);
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
