package mpi;

import io.weft.ffi.NativeMemory;
import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiConstant;
import io.weft.mpi.ffm.MpiErrorClass;
import io.weft.mpi.ffm.MpiTypeQueries;
import io.weft.mpi.ffm.MpiTypes;
import io.weft.mpi.ffm.PredefinedHandle;

/**
 * What messages are made of (MPI-4.0 chapter 5). Extents and sizes are counted in elements of the
 * primitive type that the datatype is made of, those of structures in bytes.
 */
public final class Datatype implements Freeable, Cloneable {
  /** 0 once freed. */
  private long handle;

  private final Base base;
  private final boolean predefined;
  private boolean committed;

  /** In bytes; asked for at first use, since predefined ones are made before MPI is started. */
  private long lowerBound;

  private long extent;
  private long trueLowerBound;
  private long trueExtent;

  /** Volatile, and written last: a thread that sees it sees the others. */
  private volatile long size = -1;

  /** Whether elements follow each other without gaps, and start where they are said to. */
  private boolean contiguous;

  Datatype(PredefinedHandle predefined, Base base) {
    this.handle = Lib.handle(predefined);
    this.base = base;
    this.predefined = true;
    this.committed = predefined != PredefinedHandle.MPI_DATATYPE_NULL;
  }

  Datatype(long handle, Base base, boolean committed) {
    this.handle = handle;
    this.base = base;
    this.predefined = false;
    this.committed = committed;
  }

  /** For every use: refuses what is freed, and any before MPI is started. */
  long handle(String function) throws MPIException {
    State.check(function);
    if (handle == 0 || handle == MPI.DATATYPE_NULL.handle && this != MPI.DATATYPE_NULL) {
      throw Errors.argument(function, MpiErrorClass.MPI_ERR_TYPE, "the datatype is freed");
    }
    return handle;
  }

  /** For messages: refuses what is not committed, too. */
  long committed(String function) throws MPIException {
    if (!committed || handle == 0) {
      throw Errors.argument(
          function,
          MpiErrorClass.MPI_ERR_TYPE,
          isNull() ? "the datatype is null or freed" : "the datatype is not committed");
    }
    if (size < 0) {
      load(function);
    }
    return handle;
  }

  Base base() {
    return base;
  }

  /** Whether what C has received can be told by its number of bytes. */
  boolean isContiguous() {
    return contiguous;
  }

  long extentBytes() {
    return extent;
  }

  /** The data of an element. */
  long sizeBytes() {
    return size;
  }

  /** The first byte of so many elements, counted from where the first one is said to start. */
  long first(long count) {
    if (contiguous || count == 0) {
      return 0;
    }
    return trueLowerBound + (extent < 0 ? (count - 1) * extent : 0);
  }

  /** The byte after the last of so many elements. */
  long end(long count) {
    if (contiguous || count == 0) {
      return count * extent;
    }
    return trueLowerBound + trueExtent + (extent > 0 ? (count - 1) * extent : 0);
  }

  private void load(String function) throws MPIException {
    long h = handle(function);
    Scratch scratch = Scratch.get();
    try {
      MpiTypeQueries.getExtentX(h, scratch.cell, scratch.cell2);
      MpiTypeQueries.getTrueExtentX(h, scratch.cell3, scratch.cell4);
      MpiTypeQueries.sizeX(h, scratch.cell5);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    lowerBound = Lib.readLong(scratch.cell);
    extent = Lib.readLong(scratch.cell2);
    trueLowerBound = Lib.readLong(scratch.cell3);
    trueExtent = Lib.readLong(scratch.cell4);
    long bytes = Lib.readLong(scratch.cell5);
    contiguous = bytes == extent && bytes == trueExtent && trueLowerBound == 0;
    size = bytes;
  }

  /** A number of bytes as the API counts extents. */
  int elements(String function, long bytes) throws MPIException {
    long elements = bytes / base.bytes;
    if (elements != (int) elements) {
      throw Errors.argument(
          function, MpiErrorClass.MPI_ERR_COUNT, "the answer, " + elements + ", is no int");
    }
    return (int) elements;
  }

  private void loaded(String function) throws MPIException {
    handle(function);
    if (size < 0) {
      load(function);
    }
  }

  /**
   * The lower bound, {@code MPI_Type_get_extent} (MPI-4.0 section 5.1.7).
   *
   * @return in elements of the primitive type
   * @throws MPIException if the datatype is freed
   */
  public int getLb() throws MPIException {
    loaded("MPI_Type_get_extent");
    return elements("MPI_Type_get_extent", lowerBound);
  }

  /**
   * The distance of two elements that follow each other, {@code MPI_Type_get_extent} (MPI-4.0
   * section 5.1.7).
   *
   * @return in elements of the primitive type
   * @throws MPIException if the datatype is freed
   */
  public int getExtent() throws MPIException {
    loaded("MPI_Type_get_extent");
    return elements("MPI_Type_get_extent", extent);
  }

  /**
   * Where the data begin, {@code MPI_Type_get_true_extent} (MPI-4.0 section 5.1.8).
   *
   * @return in elements of the primitive type
   * @throws MPIException if the datatype is freed
   */
  public int getTrueLb() throws MPIException {
    loaded("MPI_Type_get_true_extent");
    return elements("MPI_Type_get_true_extent", trueLowerBound);
  }

  /**
   * The room that the data take, {@code MPI_Type_get_true_extent} (MPI-4.0 section 5.1.8).
   *
   * @return in elements of the primitive type
   * @throws MPIException if the datatype is freed
   */
  public int getTrueExtent() throws MPIException {
    loaded("MPI_Type_get_true_extent");
    return elements("MPI_Type_get_true_extent", trueExtent);
  }

  /**
   * How much data an element is, {@code MPI_Type_size} (MPI-4.0 section 5.1.5).
   *
   * @return in elements of the primitive type
   * @throws MPIException if the datatype is freed
   */
  public int getSize() throws MPIException {
    loaded("MPI_Type_size");
    return elements("MPI_Type_size", size);
  }

  /**
   * Makes the datatype ready for messages, {@code MPI_Type_commit} (MPI-4.0 section 5.1.9).
   *
   * @throws MPIException if the datatype is freed
   */
  public void commit() throws MPIException {
    Scratch scratch = Scratch.begin();
    Lib.writeHandle(scratch.cell, handle("MPI_Type_commit"));
    try {
      MpiTypes.commit(scratch.cell);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    committed = true;
  }

  /**
   * Gives the datatype back, {@code MPI_Type_free} (MPI-4.0 section 5.1.9). Messages under way are
   * not disturbed.
   *
   * @throws MPIException if it is predefined, or freed already
   */
  @Override
  public void free() throws MPIException {
    long h = handle("MPI_Type_free");
    if (predefined) {
      throw Errors.argument(
          "MPI_Type_free", MpiErrorClass.MPI_ERR_TYPE, "a predefined datatype cannot be freed");
    }
    Scratch scratch = Scratch.begin();
    Lib.writeHandle(scratch.cell, h);
    try {
      MpiTypes.free(scratch.cell);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    handle = 0;
    committed = false;
  }

  /**
   * Whether this is {@link MPI#DATATYPE_NULL}, or freed.
   *
   * @return true if there is no datatype
   */
  public boolean isNull() {
    return handle == 0 || handle == Lib.handle(PredefinedHandle.MPI_DATATYPE_NULL);
  }

  /**
   * As {@link #dup}.
   *
   * @return the copy
   */
  @Override
  public Datatype clone() {
    try {
      return dup();
    } catch (MPIException failed) {
      throw new IllegalStateException(failed.getMessage(), failed);
    }
  }

  /**
   * Copies the datatype and its attributes, {@code MPI_Type_dup} (MPI-4.0 section 5.1.10).
   *
   * @return the copy, committed if this is
   * @throws MPIException if the datatype is freed
   */
  public Datatype dup() throws MPIException {
    Scratch scratch = Scratch.begin();
    long h = handle("MPI_Type_dup");
    try {
      MpiTypes.dup(h, scratch.cell);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return new Datatype(Lib.readHandle(scratch.cell), base, committed);
  }

  /** The datatype that C has just made of this one. */
  private Datatype made(Scratch scratch) {
    return new Datatype(Lib.readHandle(scratch.cell), base, false);
  }

  /**
   * Elements that follow each other, {@code MPI_Type_contiguous} (MPI-4.0 section 5.1.2).
   *
   * @param count how many
   * @param oldType of what
   * @return a new datatype, to be committed
   * @throws MPIException if an argument is wrong
   */
  public static Datatype createContiguous(int count, Datatype oldType) throws MPIException {
    String f = "MPI_Type_contiguous";
    long old = Errors.notNull(f, "oldType", oldType).handle(f);
    Errors.count(f, "count", count);
    Scratch scratch = Scratch.begin();
    try {
      MpiTypes.contiguous(count, old, scratch.cell);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return oldType.made(scratch);
  }

  /**
   * Blocks at equal distances, {@code MPI_Type_vector} (MPI-4.0 section 5.1.2).
   *
   * @param count how many blocks
   * @param blockLength elements in each
   * @param stride from one block's start to the next one's, in extents of the old type
   * @param oldType of what
   * @return a new datatype, to be committed
   * @throws MPIException if an argument is wrong
   */
  public static Datatype createVector(int count, int blockLength, int stride, Datatype oldType)
      throws MPIException {
    String f = "MPI_Type_vector";
    long old = Errors.notNull(f, "oldType", oldType).handle(f);
    Errors.count(f, "count", count);
    Errors.count(f, "blockLength", blockLength);
    Scratch scratch = Scratch.begin();
    try {
      MpiTypes.vector(count, blockLength, stride, old, scratch.cell);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return oldType.made(scratch);
  }

  /**
   * Blocks at equal distances, {@code MPI_Type_create_hvector} (MPI-4.0 section 5.1.2).
   *
   * @param count how many blocks
   * @param blockLength elements in each
   * @param stride from one block's start to the next one's, in bytes
   * @param oldType of what
   * @return a new datatype, to be committed
   * @throws MPIException if an argument is wrong
   */
  public static Datatype createHVector(int count, int blockLength, int stride, Datatype oldType)
      throws MPIException {
    String f = "MPI_Type_create_hvector";
    long old = Errors.notNull(f, "oldType", oldType).handle(f);
    Errors.count(f, "count", count);
    Errors.count(f, "blockLength", blockLength);
    Scratch scratch = Scratch.begin();
    try {
      MpiTypes.createHvector(count, blockLength, stride, old, scratch.cell);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return oldType.made(scratch);
  }

  /**
   * Blocks anywhere, {@code MPI_Type_indexed} (MPI-4.0 section 5.1.2).
   *
   * @param blockLengths elements in each block
   * @param displacements where each starts, in extents of the old type
   * @param oldType of what
   * @return a new datatype, to be committed
   * @throws MPIException if an argument is wrong
   */
  public static Datatype createIndexed(int[] blockLengths, int[] displacements, Datatype oldType)
      throws MPIException {
    String f = "MPI_Type_indexed";
    Scratch scratch = blocks(f, blockLengths, displacements);
    long old = Errors.notNull(f, "oldType", oldType).handle(f);
    try {
      MpiTypes.indexed(
          blockLengths.length,
          scratch.ints(blockLengths),
          scratch.ints(displacements),
          old,
          scratch.cell);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return oldType.made(scratch);
  }

  /**
   * Blocks anywhere, {@code MPI_Type_create_hindexed} (MPI-4.0 section 5.1.2).
   *
   * @param blockLengths elements in each block
   * @param displacements where each starts, in bytes
   * @param oldType of what
   * @return a new datatype, to be committed
   * @throws MPIException if an argument is wrong
   */
  public static Datatype createHIndexed(int[] blockLengths, int[] displacements, Datatype oldType)
      throws MPIException {
    String f = "MPI_Type_create_hindexed";
    Scratch scratch = blocks(f, blockLengths, displacements);
    long old = Errors.notNull(f, "oldType", oldType).handle(f);
    try {
      MpiTypes.createHindexed(
          blockLengths.length,
          scratch.ints(blockLengths),
          scratch.longs(displacements),
          old,
          scratch.cell);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return oldType.made(scratch);
  }

  /**
   * Blocks of several datatypes, {@code MPI_Type_create_struct} (MPI-4.0 section 5.1.2). Its
   * extents are counted in bytes.
   *
   * @param blockLengths elements in each block
   * @param displacements where each starts, in bytes
   * @param types of what each is
   * @return a new datatype, to be committed
   * @throws MPIException if an argument is wrong
   */
  public static Datatype createStruct(int[] blockLengths, int[] displacements, Datatype[] types)
      throws MPIException {
    String f = "MPI_Type_create_struct";
    Scratch scratch = blocks(f, blockLengths, displacements);
    State.check(f);
    Errors.notNull(f, "types", types);
    Errors.length(f, "types", types.length, blockLengths.length);
    try {
      MpiTypes.createStruct(
          blockLengths.length,
          scratch.ints(blockLengths),
          scratch.longs(displacements),
          handles(f, scratch, types, blockLengths.length),
          scratch.cell);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return new Datatype(Lib.readHandle(scratch.cell), Base.BYTE, false);
  }

  /** Puts handles where C can read them. */
  static long handles(String function, Scratch scratch, Datatype[] types, int count)
      throws MPIException {
    long place = scratch.bytes((long) count * Lib.HANDLE_BYTES);
    for (int i = 0; i < count; i++) {
      long each = Errors.notNull(function, "types", i, types[i]).handle(function);
      Lib.writeHandle(place + (long) i * Lib.HANDLE_BYTES, each);
    }
    return place;
  }

  private static Scratch blocks(String function, int[] blockLengths, int[] displacements)
      throws MPIException {
    Errors.notNull(function, "blockLengths", blockLengths);
    Errors.notNull(function, "displacements", displacements);
    Errors.length(function, "displacements", displacements.length, blockLengths.length);
    for (int i = 0; i < blockLengths.length; i++) {
      Errors.count(function, "blockLengths", i, blockLengths[i]);
    }
    return Scratch.begin();
  }

  /**
   * The same data with other bounds, {@code MPI_Type_create_resized} (MPI-4.0 section 5.1.7).
   *
   * @param oldType the data
   * @param lb the new lower bound in bytes
   * @param extent the new extent in bytes
   * @return a new datatype, to be committed
   * @throws MPIException if an argument is wrong
   */
  public static Datatype createResized(Datatype oldType, int lb, int extent) throws MPIException {
    String f = "MPI_Type_create_resized";
    long old = Errors.notNull(f, "oldType", oldType).handle(f);
    Scratch scratch = Scratch.begin();
    try {
      MpiTypes.createResized(old, lb, extent, scratch.cell);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return oldType.made(scratch);
  }

  /**
   * Gives the datatype a name, {@code MPI_Type_set_name} (MPI-4.0 section 7.8).
   *
   * @param name the name; cut off at {@link MPI#MAX_OBJECT_NAME}
   * @throws MPIException if the datatype is freed
   */
  public void setName(String name) throws MPIException {
    String f = "MPI_Type_set_name";
    long h = handle(f);
    Scratch scratch = Scratch.begin();
    try {
      MpiTypeQueries.setName(h, Names.place(f, scratch, name));
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
  }

  /**
   * The datatype's name, {@code MPI_Type_get_name} (MPI-4.0 section 7.8).
   *
   * @return the name; of a predefined one MPI's, else empty if none was given
   * @throws MPIException if the datatype is freed
   */
  public String getName() throws MPIException {
    long h = handle("MPI_Type_get_name");
    Scratch scratch = Scratch.begin();
    long name = scratch.bytes(Lib.value(MpiConstant.MPI_MAX_OBJECT_NAME) + 1L);
    try {
      MpiTypeQueries.getName(h, name, scratch.cell);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return NativeMemory.stringAt(name);
  }

  /**
   * Makes a key for attributes of datatypes, {@code MPI_Type_create_keyval} (MPI-4.0 section
   * 7.7.4). Attributes are copied by {@link #dup}.
   *
   * @return the key
   * @throws MPIException if MPI does not run
   */
  public static int createKeyval() throws MPIException {
    return Attributes.TYPE.createKeyval();
  }

  /**
   * Gives a key back, {@code MPI_Type_free_keyval} (MPI-4.0 section 7.7.4).
   *
   * @param keyval the key
   * @throws MPIException if there is no such key
   */
  public static void freeKeyval(int keyval) throws MPIException {
    Attributes.TYPE.freeKeyval(keyval);
  }

  /**
   * Stores an attribute, {@code MPI_Type_set_attr} (MPI-4.0 section 7.7.4).
   *
   * @param keyval the key
   * @param value what is stored: it is serialised now, so that later changes do not show
   * @throws MPIException if there is no such key, or the value is not serialisable
   */
  public void setAttr(int keyval, Object value) throws MPIException {
    Attributes.TYPE.set(handle("MPI_Type_set_attr"), keyval, value);
  }

  /**
   * An attribute, {@code MPI_Type_get_attr} (MPI-4.0 section 7.7.4).
   *
   * @param keyval the key
   * @return a copy of what was stored, or null
   * @throws MPIException if there is no such key
   */
  public Object getAttr(int keyval) throws MPIException {
    return Attributes.TYPE.get(handle("MPI_Type_get_attr"), keyval);
  }

  /**
   * Removes an attribute, {@code MPI_Type_delete_attr} (MPI-4.0 section 7.7.4).
   *
   * @param keyval the key
   * @throws MPIException if there is no such key
   */
  public void deleteAttr(int keyval) throws MPIException {
    Attributes.TYPE.delete(handle("MPI_Type_delete_attr"), keyval);
  }
}
