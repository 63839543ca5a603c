package io.weft.mpi;

import io.weft.mpi.ffm.MpiAbi;
import io.weft.mpi.ffm.MpiErrorHandlers;
import io.weft.mpi.ffm.MpiFileFunction;
import io.weft.mpi.ffm.MpiFiles;
import io.weft.mpi.ffm.PredefinedHandle;
import io.weft.mpi.ffm.Thrown;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What every operation of an {@link MpiFile} uses, and what it carries. */
abstract class FileCore {
  final Comm comm;
  final MpiAbi abi;
  final long handle;
  boolean closed;

  /** Where C reads the handle that it closes; 8 bytes in every ABI. */
  private final MemorySegment place;

  /** The operation in two steps that is under way, or null; what C may touch until it ends. */
  private Split split;

  private long splitAddress;
  private MemorySegment splitBuffer;
  private Datatype splitType;

  /** Operations in two steps, by their names in C. */
  enum Split {
    MPI_File_read_at_all,
    MPI_File_read_all,
    MPI_File_read_ordered,
    MPI_File_write_at_all,
    MPI_File_write_all,
    MPI_File_write_ordered
  }

  FileCore(Comm comm, String path, int mode, Info info) {
    this.comm = comm;
    this.abi = comm.abi;
    this.place = comm.mpi.arena().allocate(Long.BYTES, Long.BYTES);
    try (Arena arena = Arena.ofConfined()) {
      long name = arena.allocateFrom(Arguments.notNull("path", path)).address();
      MpiFiles.open(comm.handle, name, mode, Info.handle(comm.mpi, info), place.address());
    }
    this.handle = place.get(ValueLayout.JAVA_LONG, 0);
    comm.opened.add(this);
    MpiFiles.setErrhandler(handle, abi.handle(PredefinedHandle.MPI_ERRORS_RETURN));
  }

  final void check() {
    if (closed) {
      throw new IllegalStateException("the file is closed");
    }
    comm.check();
  }

  final void checkOffset(long offset) {
    if (offset < 0) {
      throw new IllegalArgumentException("offset is " + offset + ", less than 0");
    }
  }

  /** Refuses to begin an operation in two steps while another is under way. */
  final void checkBegin() {
    if (split != null) {
      throw new IllegalStateException(
          split + "_begin has begun, an operation in two steps; end it first");
    }
  }

  /** C has begun an operation in two steps. */
  final void begun(Split operation, long address, MemorySegment buffer, Datatype type) {
    split = operation;
    splitAddress = address;
    splitBuffer = buffer;
    splitType = type;
  }

  /** Ends the operation in two steps that has begun, with or without an error; no other one. */
  final void end(Split operation, MpiFileFunction.End function, Status status) {
    check();
    if (split != operation) {
      throw new IllegalStateException(
          operation
              + "_end, but "
              + (split == null ? "no operation in two steps" : split + "_begin")
              + " has begun");
    }
    try {
      function.call(handle, splitAddress, comm.statusAddress(status));
    } finally {
      split = null;
      splitBuffer = null;
      splitType = null;
    }
    comm.read(status);
  }

  /** Says that nothing is under way: what began in two steps is to be ended. */
  final void checkIdle() {
    checkBegin();
    comm.active.refuse("the file", this);
  }

  private MemorySegment scratch() {
    return comm.scratch();
  }

  private long answered() {
    return scratch().get(ValueLayout.JAVA_LONG, 0);
  }

  final void closeHandle() {
    checkIdle();
    // Also if C fails, as where a file to be deleted is gone: what is left of it is not known.
    closed = true;
    comm.opened.remove(this);
    place.set(ValueLayout.JAVA_LONG, 0, handle);
    MpiFiles.close(place.address());
  }

  /**
   * {@code MPI_File_set_size}: cuts the file off, or makes it longer; collective.
   *
   * @param lengthBytes its length, the same on all ranks
   */
  public void setSize(long lengthBytes) {
    check();
    checkOffset(lengthBytes);
    MpiFiles.setSize(handle, lengthBytes);
  }

  /**
   * {@code MPI_File_preallocate}: makes sure of the space; collective.
   *
   * @param lengthBytes how much, the same on all ranks
   */
  public void preallocate(long lengthBytes) {
    check();
    checkOffset(lengthBytes);
    MpiFiles.preallocate(handle, lengthBytes);
  }

  /**
   * {@code MPI_File_get_size}.
   *
   * @return bytes
   */
  public long size() {
    check();
    MpiFiles.getSize(handle, scratch().address());
    return answered();
  }

  /**
   * {@code MPI_File_get_group}: the ranks that opened it.
   *
   * @return a group, to be closed
   */
  public Group group() {
    check();
    MpiFiles.getGroup(handle, scratch().address());
    return new Group(comm.mpi, abi.readHandle(scratch(), 0));
  }

  /**
   * {@code MPI_File_set_view}: what this rank sees of the file; collective. Pointers go to the
   * start.
   *
   * @param displacementBytes where the view starts in the file
   * @param elementType in what offsets are counted; committed
   * @param fileType which elements are seen: it repeats; committed, made of element types
   * @param representation {@code native}, {@code internal} or {@code external32}
   * @param info hints; may be null
   */
  public void setView(
      long displacementBytes,
      Datatype elementType,
      Datatype fileType,
      String representation,
      Info info) {
    check();
    checkOffset(displacementBytes);
    try (Arena arena = Arena.ofConfined()) {
      MpiFiles.setView(
          handle,
          displacementBytes,
          elementType.handle(),
          fileType.handle(),
          arena.allocateFrom(Arguments.notNull("representation", representation)).address(),
          Info.handle(comm.mpi, info));
    }
  }

  /**
   * Where the view starts in the file, {@code MPI_File_get_view}.
   *
   * @return bytes
   */
  public long viewDisplacement() {
    check();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment m = arena.allocate(24 + 1024, 8);
      long at = m.address();
      MpiFiles.getView(handle, at, at + 8, at + 16, at + 24);
      return m.get(ValueLayout.JAVA_LONG, 0);
    }
  }

  /**
   * {@code MPI_File_get_position}: this rank's pointer.
   *
   * @return where in the view, in its elements
   */
  public long position() {
    check();
    MpiFiles.getPosition(handle, scratch().address());
    return answered();
  }

  /**
   * {@code MPI_File_get_position_shared}: the pointer that all ranks share.
   *
   * @return where in the view, in its elements
   */
  public long sharedPosition() {
    check();
    MpiFiles.getPositionShared(handle, scratch().address());
    return answered();
  }

  /**
   * {@code MPI_File_seek}: moves this rank's pointer.
   *
   * @param offset how far, in elements of the view
   * @param from from where
   */
  public void seek(long offset, Whence from) {
    check();
    MpiFiles.seek(handle, offset, abi.value(from.constant()));
  }

  /**
   * {@code MPI_File_seek_shared}: moves the pointer that all ranks share; collective.
   *
   * @param offset how far, in elements of the view; the same on all ranks
   * @param from from where
   */
  public void seekShared(long offset, Whence from) {
    check();
    MpiFiles.seekShared(handle, offset, abi.value(from.constant()));
  }

  /**
   * {@code MPI_File_get_byte_offset}: where an element of the view lies in the file.
   *
   * @param offset which, in elements of the view
   * @return bytes
   */
  public long byteOffset(long offset) {
    check();
    checkOffset(offset);
    MpiFiles.getByteOffset(handle, offset, scratch().address());
    return answered();
  }

  /**
   * {@code MPI_File_get_type_extent}: how far an element is from the next in the file's
   * representation.
   *
   * @param type the element's type
   * @return bytes
   */
  public long typeExtent(Datatype type) {
    check();
    MpiFiles.getTypeExtent(handle, type.handle(), scratch().address());
    return answered();
  }

  /**
   * {@code MPI_File_set_atomicity}: whether operations that overlap are as if one came after the
   * other; collective.
   *
   * @param atomic the same on all ranks
   */
  public void setAtomic(boolean atomic) {
    check();
    MpiFiles.setAtomicity(handle, atomic ? 1 : 0);
  }

  /**
   * {@code MPI_File_get_atomicity}.
   *
   * @return as set; false at first
   */
  public boolean isAtomic() {
    check();
    MpiFiles.getAtomicity(handle, scratch().address());
    return comm.answer() != 0;
  }

  /** {@code MPI_File_sync}: what was written is in the file, and others' is seen; collective. */
  public void sync() {
    check();
    MpiFiles.sync(handle);
  }

  /**
   * {@code MPI_File_set_info}: gives hints; collective.
   *
   * @param info the hints
   */
  public void setInfo(Info info) {
    check();
    MpiFiles.setInfo(handle, Info.handle(comm.mpi, info));
  }

  /**
   * {@code MPI_File_get_info}: the hints in force.
   *
   * @return a copy, to be closed
   */
  public Info info() {
    check();
    MpiFiles.getInfo(handle, scratch().address());
    return new Info(comm.mpi, abi.readHandle(scratch(), 0));
  }

  /**
   * {@code MPI_File_set_errhandler}.
   *
   * @param handler of kind {@link ErrorHandler.Kind#FILE}
   */
  public void setErrorHandler(ErrorHandler handler) {
    check();
    MpiFiles.setErrhandler(handle, handler.handle(comm.mpi, ErrorHandler.Kind.FILE));
  }

  /**
   * {@code MPI_File_call_errhandler}: has the error handler called.
   *
   * @param code an error code or class
   */
  public void callErrorHandler(int code) {
    check();
    MpiErrorHandlers.fileCallErrhandler(handle, code);
    Thrown.rethrow();
  }
}
