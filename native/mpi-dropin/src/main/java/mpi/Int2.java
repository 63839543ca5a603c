package mpi;

/** The structure of {@link MPI#INT2}: a value and an index. There is one, {@link MPI#int2}. */
public final class Int2 extends Struct {
  private final int value = addInt();

  /** Aligned as C aligns it. */
  private final int index = setOffset(4).addInt();

  Int2() {}

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
    public int getValue() {
      return getInt(Int2.this.value);
    }

    /**
     * The index.
     *
     * @return as it is in the buffer
     */
    public int getIndex() {
      return getInt(Int2.this.index);
    }

    /**
     * Puts the value into the buffer.
     *
     * @param value the value
     */
    public void putValue(int value) {
      putInt(Int2.this.value, value);
    }

    /**
     * Puts the index into the buffer.
     *
     * @param index the index
     */
    public void putIndex(int index) {
      putInt(Int2.this.index, index);
    }
  }
}
