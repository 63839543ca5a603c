package io.weft.mpi;

import io.weft.mpi.ffm.MpiTypeQueries;
import io.weft.mpi.ffm.MpiTypes;
import io.weft.mpi.ffm.Thrown;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A datatype made of others (MPI-4.0 section 5.1) by {@link DerivedTypes}. To be committed before
 * it is communicated, and closed; operations under way keep what they need. Numbers are elements of
 * the type it is made of, unless a name says bytes. Safe from any thread that may call MPI; closed
 * by one.
 */
public final class DerivedType extends Datatype implements AutoCloseable {
  private static final int LONGEST_NAME = 1024;

  private final Mpi mpi;
  private final String made;
  private final long uncommitted;
  private boolean closed;

  private DerivedType(
      Mpi mpi, String made, long handle, long size, long extent, long lower, long upper) {
    super(size, extent, lower, upper);
    this.mpi = mpi;
    this.made = made;
    this.uncommitted = handle;
  }

  /** Asks the library what it made. */
  static DerivedType of(Mpi mpi, String made, long handle) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = arena.allocate(3 * Long.BYTES, Long.BYTES);
      MpiTypeQueries.sizeX(handle, answer.address());
      long size = answer.get(ValueLayout.JAVA_LONG, 0);
      MpiTypeQueries.getExtentX(handle, answer.address(), answer.address() + Long.BYTES);
      long extent = answer.get(ValueLayout.JAVA_LONG, Long.BYTES);
      MpiTypeQueries.getTrueExtentX(handle, answer.address(), answer.address() + Long.BYTES);
      long lower = answer.get(ValueLayout.JAVA_LONG, 0);
      long upper = lower + answer.get(ValueLayout.JAVA_LONG, Long.BYTES);
      return new DerivedType(mpi, made, handle, size, extent, lower, upper);
    }
  }

  /** The handle for making other types, committed or not. */
  long raw() {
    if (closed) {
      throw new IllegalStateException("the datatype is closed: " + made);
    }
    mpi.check();
    return uncommitted;
  }

  /**
   * {@code MPI_Type_commit}: makes the type ready to be communicated. Once is enough.
   *
   * @return this
   */
  public DerivedType commit() {
    long h = raw();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment place = arena.allocate(Long.BYTES, Long.BYTES);
      mpi.abi().writeHandle(place, 0, h);
      MpiTypes.commit(place.address());
    }
    handle = h;
    mpi.typesByHandle().put(h, this);
    return this;
  }

  /**
   * Where an element starts by its markers, {@code MPI_Type_get_extent}.
   *
   * @return bytes from its origin
   */
  public long lowerBound() {
    long h = raw();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = arena.allocate(2 * Long.BYTES, Long.BYTES);
      MpiTypeQueries.getExtentX(h, answer.address(), answer.address() + Long.BYTES);
      return answer.get(ValueLayout.JAVA_LONG, 0);
    }
  }

  /**
   * {@code MPI_Type_set_name}.
   *
   * @param name for debuggers and error messages; cut off where the library's longest ends
   */
  public void setName(String name) {
    long h = raw();
    try (Arena arena = Arena.ofConfined()) {
      MpiTypeQueries.setName(h, mpi.objectName(arena, name).address());
    }
  }

  /**
   * {@code MPI_Type_get_name}.
   *
   * @return the name; empty if none was set
   */
  public String name() {
    long h = raw();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(LONGEST_NAME);
      MpiTypeQueries.getName(h, text.address(), arena.allocate(Long.BYTES).address());
      return text.getString(0);
    }
  }

  /**
   * {@code MPI_Type_set_attr}.
   *
   * @param <T> the values
   * @param key of kind {@link AttributeKey.Kind#TYPE}
   * @param value what to carry; one that is there is deleted
   */
  public <T> void setAttribute(AttributeKey<T> key, T value) {
    key.set(AttributeKey.Kind.TYPE, raw(), value);
  }

  /**
   * {@code MPI_Type_get_attr}.
   *
   * @param <T> the values
   * @param key of kind {@link AttributeKey.Kind#TYPE}
   * @return the value, or null if there is none
   */
  public <T> T attribute(AttributeKey<T> key) {
    return key.get(AttributeKey.Kind.TYPE, raw());
  }

  /**
   * {@code MPI_Type_delete_attr}.
   *
   * @param key of kind {@link AttributeKey.Kind#TYPE}
   */
  public void deleteAttribute(AttributeKey<?> key) {
    key.delete(AttributeKey.Kind.TYPE, raw());
  }

  @Override
  void check() {
    if (closed || handle == 0) {
      lookUp();
    }
  }

  @Override
  long lookUp() {
    throw new IllegalStateException(
        closed
            ? "the datatype is closed: " + made
            : "the datatype is not committed: " + made + "; call commit() before it is used");
  }

  /** {@code MPI_Type_free}; closing twice does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    long h = raw();
    closed = true;
    handle = 0;
    mpi.typesByHandle().remove(h, this);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment place = arena.allocate(Long.BYTES, Long.BYTES);
      mpi.abi().writeHandle(place, 0, h);
      MpiTypes.free(place.address());
    }
    Thrown.rethrow();
  }

  /** How it was made. */
  @Override
  public String toString() {
    return made;
  }
}
