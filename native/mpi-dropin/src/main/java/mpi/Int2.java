package mpi;

/** The structure of {@link MPI#INT2}: a value and an index. There is one, {@link MPI#int2}. */
public final class Int2 extends Struct {
  private final int value = addInt();

  /** Aligned as C aligns it. */
  private final int index = setOffset(4).addInt();

  Int2() {}

  @Override
  protected Data newData() {
    return new Data(this);
  }

  /** A value and its index in a buffer. */
  public static final class Data extends Struct.Data {
    private final Int2 struct;

    /**
     * Made by {@link Struct#getData(java.nio.ByteBuffer)} and its like, not by programs.
     *
     * @param struct the structure
     */
    public Data(Int2 struct) {
      super(struct);
      this.struct = struct;
    }

    /**
     * The value.
     *
     * @return as it is in the buffer
     */
    public int getValue() {
      return getInt(struct.value);
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
    public void putValue(int value) {
      putInt(struct.value, value);
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
