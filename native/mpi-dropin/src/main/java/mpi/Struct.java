package mpi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A structure of C's kind in a buffer: subclasses add fields, each with the offset that it gets,
 * and read and write them through a {@link Data} of their own. Fields follow each other without
 * gaps but for those that {@link #setOffset} leaves.
 */
public abstract class Struct {
  private final List<Field> fields = new ArrayList<>();

  /** Where the next field goes, in bytes. */
  private int offset;

  /** The extent in bytes, and the datatype; from when it is first asked for. */
  private int extent = -1;

  private Datatype type;

  /** For subclasses. */
  public Struct() {}

  /** Elements of a datatype, and where they lie in the structure. */
  private static final class Field {
    final int offset;
    final int count;
    final Datatype type;

    Field(int offset, int count, Datatype type) {
      this.offset = offset;
      this.count = count;
      this.type = type;
    }
  }

  /**
   * The distance of two structures that follow each other. No field can be added from now on.
   *
   * @return in bytes
   * @throws MPIException if MPI does not run
   */
  public final int getExtent() throws MPIException {
    commit();
    return extent;
  }

  /**
   * The datatype for messages, committed. No field can be added from now on.
   *
   * @return its extents are counted in bytes
   * @throws MPIException if MPI does not run
   */
  public final Datatype getType() throws MPIException {
    commit();
    return type;
  }

  /** Several threads may come here at the same time. */
  private synchronized void commit() throws MPIException {
    if (type != null) {
      return;
    }
    int count = fields.size();
    int[] lengths = new int[count];
    int[] offsets = new int[count];
    Datatype[] types = new Datatype[count];
    for (int i = 0; i < count; i++) {
      lengths[i] = fields.get(i).count;
      offsets[i] = fields.get(i).offset;
      types[i] = fields.get(i).type;
    }
    Datatype made = Datatype.createStruct(lengths, offsets, types);
    made.commit();
    extent = made.getExtent();
    type = made;
  }

  /**
   * Made anew for each call of {@code getData}.
   *
   * @return a {@link Data} of the subclass's kind
   */
  protected abstract Data newData();

  /**
   * The first structure of a buffer.
   *
   * @param <T> the subclass's kind of data
   * @param buffer structures that follow each other
   * @return a view of it
   * @throws MPIException if MPI does not run
   */
  public final <T extends Data> T getData(ByteBuffer buffer) throws MPIException {
    return at(buffer, 0);
  }

  /**
   * A structure of a buffer.
   *
   * @param <T> the subclass's kind of data
   * @param buffer structures that follow each other
   * @param index which, counted in structures
   * @return a view of it
   * @throws MPIException if MPI does not run
   * @throws IndexOutOfBoundsException if it starts outside of the buffer
   */
  public final <T extends Data> T getData(ByteBuffer buffer, int index) throws MPIException {
    return at(buffer, index);
  }

  /**
   * The first structure of an array.
   *
   * @param <T> the subclass's kind of data
   * @param array structures that follow each other
   * @return a view of it
   * @throws MPIException if MPI does not run
   */
  public final <T extends Data> T getData(byte[] array) throws MPIException {
    return at(ByteBuffer.wrap(array), 0);
  }

  /**
   * A structure of an array.
   *
   * @param <T> the subclass's kind of data
   * @param array structures that follow each other
   * @param index which, counted in structures
   * @return a view of it
   * @throws MPIException if MPI does not run
   * @throws IndexOutOfBoundsException if it starts outside of the array
   */
  public final <T extends Data> T getData(byte[] array, int index) throws MPIException {
    return at(ByteBuffer.wrap(array), index);
  }

  private <T extends Data> T at(ByteBuffer buffer, int index) throws MPIException {
    commit();
    return view(buffer, Math.multiplyExact(index, extent));
  }

  /** The data that start at a byte of a buffer. */
  @SuppressWarnings(
      "unchecked") // the caller says what newData makes, as in the API this stands for
  private <T extends Data> T view(ByteBuffer buffer, int start) {
    Data data = newData();
    data.buffer = buffer.duplicate().clear().order(ByteOrder.nativeOrder());
    data.start = start;
    if (start < 0 || start > buffer.capacity()) {
      throw new IndexOutOfBoundsException(
          "the structure would start at byte " + start + " of " + buffer.capacity());
    }
    return (T) data;
  }

  /**
   * Leaves a gap before the next field.
   *
   * @param offset where the next field goes, in bytes
   * @return this
   * @throws IllegalArgumentException if there is a field already
   */
  public final Struct setOffset(int offset) {
    if (offset < this.offset) {
      throw new IllegalArgumentException(
          "The offset must be greater or equal to the accumulated extent: it is "
              + offset
              + ", and fields reach to "
              + this.offset);
    }
    this.offset = offset;
    return this;
  }

  private int add(Datatype type, int elementBytes, int length) {
    if (this.type != null) {
      throw new AssertionError("The struct data type was committed: it takes no more fields");
    }
    if (length < 0) {
      throw new IllegalArgumentException("length is " + length);
    }
    int at = offset;
    offset = Math.addExact(at, Math.multiplyExact(elementBytes, length));
    fields.add(new Field(at, length, type));
    return at;
  }

  /**
   * Adds a field.
   *
   * @return its offset in bytes
   */
  public final int addByte() {
    return addByte(1);
  }

  /**
   * Adds a field of several elements.
   *
   * @param length how many
   * @return its offset in bytes
   */
  public final int addByte(int length) {
    return add(MPI.BYTE, 1, length);
  }

  /**
   * Adds a field.
   *
   * @return its offset in bytes
   */
  public final int addChar() {
    return addChar(1);
  }

  /**
   * Adds a field of several elements.
   *
   * @param length how many
   * @return its offset in bytes
   */
  public final int addChar(int length) {
    return add(MPI.CHAR, 2, length);
  }

  /**
   * Adds a field.
   *
   * @return its offset in bytes
   */
  public final int addShort() {
    return addShort(1);
  }

  /**
   * Adds a field of several elements.
   *
   * @param length how many
   * @return its offset in bytes
   */
  public final int addShort(int length) {
    return add(MPI.SHORT, 2, length);
  }

  /**
   * Adds a field.
   *
   * @return its offset in bytes
   */
  public final int addInt() {
    return addInt(1);
  }

  /**
   * Adds a field of several elements.
   *
   * @param length how many
   * @return its offset in bytes
   */
  public final int addInt(int length) {
    return add(MPI.INT, 4, length);
  }

  /**
   * Adds a field.
   *
   * @return its offset in bytes
   */
  public final int addLong() {
    return addLong(1);
  }

  /**
   * Adds a field of several elements.
   *
   * @param length how many
   * @return its offset in bytes
   */
  public final int addLong(int length) {
    return add(MPI.LONG, 8, length);
  }

  /**
   * Adds a field.
   *
   * @return its offset in bytes
   */
  public final int addFloat() {
    return addFloat(1);
  }

  /**
   * Adds a field of several elements.
   *
   * @param length how many
   * @return its offset in bytes
   */
  public final int addFloat(int length) {
    return add(MPI.FLOAT, 4, length);
  }

  /**
   * Adds a field.
   *
   * @return its offset in bytes
   */
  public final int addDouble() {
    return addDouble(1);
  }

  /**
   * Adds a field of several elements.
   *
   * @param length how many
   * @return its offset in bytes
   */
  public final int addDouble(int length) {
    return add(MPI.DOUBLE, 8, length);
  }

  /**
   * Adds a structure.
   *
   * @param struct which
   * @return its offset in bytes
   * @throws MPIException if MPI does not run
   */
  public final int addStruct(Struct struct) throws MPIException {
    return addStruct(struct, 1);
  }

  /**
   * Adds several structures.
   *
   * @param struct which
   * @param length how many
   * @return the first one's offset in bytes
   * @throws MPIException if MPI does not run
   */
  public final int addStruct(Struct struct, int length) throws MPIException {
    struct.commit();
    return add(struct.type, struct.extent, length);
  }

  /**
   * Adds an element of any datatype.
   *
   * @param type which
   * @return its offset in bytes
   * @throws MPIException if MPI does not run
   */
  public final int addData(Datatype type) throws MPIException {
    return addData(type, 1);
  }

  /**
   * Adds elements of any datatype.
   *
   * @param type which
   * @param length how many
   * @return the first one's offset in bytes
   * @throws MPIException if MPI does not run
   */
  public final int addData(Datatype type, int length) throws MPIException {
    return add(type, type.getExtent() * type.base().bytes, length);
  }

  /** A structure in a buffer. Fields are named by the offsets that the structure gave them. */
  public abstract class Data {
    private ByteBuffer buffer;
    private int start;

    /** For subclasses. */
    public Data() {}

    /**
     * The structure's own part of the buffer, for messages too.
     *
     * @return from the structure's first byte to the buffer's end; shares its content
     */
    public final ByteBuffer getBuffer() {
      return buffer.slice(start, buffer.capacity() - start).order(buffer.order());
    }

    /**
     * Reads a field.
     *
     * @param field its offset
     * @return its value
     */
    protected final byte getByte(int field) {
      return buffer.get(start + field);
    }

    /**
     * Reads an element of a field.
     *
     * @param field its offset
     * @param index which element
     * @return its value
     */
    protected final byte getByte(int field, int index) {
      return buffer.get(start + field + index);
    }

    /**
     * Writes a field.
     *
     * @param field its offset
     * @param value its value
     */
    protected final void putByte(int field, byte value) {
      buffer.put(start + field, value);
    }

    /**
     * Writes an element of a field.
     *
     * @param field its offset
     * @param index which element
     * @param value its value
     */
    protected final void putByte(int field, int index, byte value) {
      buffer.put(start + field + index, value);
    }

    /**
     * Reads a field.
     *
     * @param field its offset
     * @return its value
     */
    protected final char getChar(int field) {
      return buffer.getChar(start + field);
    }

    /**
     * Reads an element of a field.
     *
     * @param field its offset
     * @param index which element
     * @return its value
     */
    protected final char getChar(int field, int index) {
      return buffer.getChar(start + field + index * 2);
    }

    /**
     * Writes a field.
     *
     * @param field its offset
     * @param value its value
     */
    protected final void putChar(int field, char value) {
      buffer.putChar(start + field, value);
    }

    /**
     * Writes an element of a field.
     *
     * @param field its offset
     * @param index which element
     * @param value its value
     */
    protected final void putChar(int field, int index, char value) {
      buffer.putChar(start + field + index * 2, value);
    }

    /**
     * Reads a field.
     *
     * @param field its offset
     * @return its value
     */
    protected final short getShort(int field) {
      return buffer.getShort(start + field);
    }

    /**
     * Reads an element of a field.
     *
     * @param field its offset
     * @param index which element
     * @return its value
     */
    protected final short getShort(int field, int index) {
      return buffer.getShort(start + field + index * 2);
    }

    /**
     * Writes a field.
     *
     * @param field its offset
     * @param value its value
     */
    protected final void putShort(int field, short value) {
      buffer.putShort(start + field, value);
    }

    /**
     * Writes an element of a field.
     *
     * @param field its offset
     * @param index which element
     * @param value its value
     */
    protected final void putShort(int field, int index, short value) {
      buffer.putShort(start + field + index * 2, value);
    }

    /**
     * Reads a field.
     *
     * @param field its offset
     * @return its value
     */
    protected final int getInt(int field) {
      return buffer.getInt(start + field);
    }

    /**
     * Reads an element of a field.
     *
     * @param field its offset
     * @param index which element
     * @return its value
     */
    protected final int getInt(int field, int index) {
      return buffer.getInt(start + field + index * 4);
    }

    /**
     * Writes a field.
     *
     * @param field its offset
     * @param value its value
     */
    protected final void putInt(int field, int value) {
      buffer.putInt(start + field, value);
    }

    /**
     * Writes an element of a field.
     *
     * @param field its offset
     * @param index which element
     * @param value its value
     */
    protected final void putInt(int field, int index, int value) {
      buffer.putInt(start + field + index * 4, value);
    }

    /**
     * Reads a field.
     *
     * @param field its offset
     * @return its value
     */
    protected final long getLong(int field) {
      return buffer.getLong(start + field);
    }

    /**
     * Reads an element of a field.
     *
     * @param field its offset
     * @param index which element
     * @return its value
     */
    protected final long getLong(int field, int index) {
      return buffer.getLong(start + field + index * 8);
    }

    /**
     * Writes a field.
     *
     * @param field its offset
     * @param value its value
     */
    protected final void putLong(int field, long value) {
      buffer.putLong(start + field, value);
    }

    /**
     * Writes an element of a field.
     *
     * @param field its offset
     * @param index which element
     * @param value its value
     */
    protected final void putLong(int field, int index, long value) {
      buffer.putLong(start + field + index * 8, value);
    }

    /**
     * Reads a field.
     *
     * @param field its offset
     * @return its value
     */
    protected final float getFloat(int field) {
      return buffer.getFloat(start + field);
    }

    /**
     * Reads an element of a field.
     *
     * @param field its offset
     * @param index which element
     * @return its value
     */
    protected final float getFloat(int field, int index) {
      return buffer.getFloat(start + field + index * 4);
    }

    /**
     * Writes a field.
     *
     * @param field its offset
     * @param value its value
     */
    protected final void putFloat(int field, float value) {
      buffer.putFloat(start + field, value);
    }

    /**
     * Writes an element of a field.
     *
     * @param field its offset
     * @param index which element
     * @param value its value
     */
    protected final void putFloat(int field, int index, float value) {
      buffer.putFloat(start + field + index * 4, value);
    }

    /**
     * Reads a field.
     *
     * @param field its offset
     * @return its value
     */
    protected final double getDouble(int field) {
      return buffer.getDouble(start + field);
    }

    /**
     * Reads an element of a field.
     *
     * @param field its offset
     * @param index which element
     * @return its value
     */
    protected final double getDouble(int field, int index) {
      return buffer.getDouble(start + field + index * 8);
    }

    /**
     * Writes a field.
     *
     * @param field its offset
     * @param value its value
     */
    protected final void putDouble(int field, double value) {
      buffer.putDouble(start + field, value);
    }

    /**
     * Writes an element of a field.
     *
     * @param field its offset
     * @param index which element
     * @param value its value
     */
    protected final void putDouble(int field, int index, double value) {
      buffer.putDouble(start + field + index * 8, value);
    }

    /**
     * A structure that is a field.
     *
     * @param <S> the structure
     * @param <D> its data
     * @param struct which
     * @param field its offset
     * @return a view of it
     */
    protected final <S extends Struct, D extends Data> D getData(S struct, int field) {
      return ((Struct) struct).view(buffer, start + field);
    }

    /**
     * A structure of a field of several.
     *
     * @param <S> the structure
     * @param <D> its data
     * @param struct which
     * @param field its offset
     * @param index which of them
     * @return a view of it
     */
    protected final <S extends Struct, D extends Data> D getData(S struct, int field, int index) {
      // The structure is a field, so its extent is known.
      return ((Struct) struct).view(buffer, start + field + index * ((Struct) struct).extent);
    }

    /**
     * The part of the buffer that a field starts.
     *
     * @param type the field's datatype
     * @param field its offset
     * @return from the field's first byte on; shares its content
     */
    protected final ByteBuffer getBuffer(Datatype type, int field) {
      return from(start + field);
    }

    /**
     * The part of the buffer that an element of a field starts.
     *
     * @param type the field's datatype
     * @param field its offset
     * @param index which element
     * @return from the element's first byte on; shares its content
     * @throws MPIException if the datatype is freed
     */
    protected final ByteBuffer getBuffer(Datatype type, int field, int index) throws MPIException {
      return from(start + field + index * type.getExtent() * type.base().bytes);
    }

    private ByteBuffer from(int first) {
      return buffer.slice(first, buffer.capacity() - first).order(buffer.order());
    }
  }
}
