package io.weft.mpi;

import io.weft.ffi.NativeMemory;
import io.weft.mpi.ffm.MpiAttributes;
import io.weft.mpi.ffm.MpiConstant;
import io.weft.mpi.ffm.MpiErrorHandlers;
import io.weft.mpi.ffm.MpiWindows;
import io.weft.mpi.ffm.Thrown;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** The memory of a {@link Win}, and what it carries (MPI-4.0 section 12.2). */
abstract class WinManagement extends WinRequests {
  /** Attached, and so kept reachable. */
  private final List<MemorySegment> attached = new ArrayList<>();

  WinManagement(Comm comm, long lengthBytes, boolean shared, Info info) {
    super(comm, lengthBytes, shared, info);
  }

  WinManagement(Comm comm, MemorySegment memory, Info info) {
    super(comm, memory, info);
  }

  WinManagement(Comm comm, Info info) {
    super(comm, info);
  }

  /**
   * A rank's memory in a window of {@link Comm#allocateSharedWin}, {@code MPI_Win_shared_query}.
   *
   * @param rank whose
   * @return the memory, valid until the window closes; {@link #sync} orders what ranks do in it
   */
  @SuppressWarnings("restricted") // the library said how long it is
  public MemorySegment sharedMemory(int rank) {
    check(rank);
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment c = scratch.allocate(24, 8);
      long at = c.address();
      MpiWindows.sharedQuery(handle, rank, at, at + 8, at + 16);
      long address = c.get(ValueLayout.JAVA_LONG, 16);
      long length = Math.min(lengthBytes(rank), c.get(ValueLayout.JAVA_LONG, 0));
      return MemorySegment.ofAddress(address).reinterpret(length, arena, null);
    }
  }

  /**
   * {@code MPI_Win_attach}: adds memory to a dynamic window; does not communicate. The other ranks
   * are told its address and length by messages, and give them to {@link #addRemoteMemory}.
   *
   * @param memory native memory, kept reachable until {@link #detach}; apart from what is attached
   * @return its address: where its offsets begin in operations on this rank
   */
  public long attach(MemorySegment memory) {
    check();
    remote(0);
    long address = Buffers.target(memory, 0, memory.byteSize(), Datatype.BYTE);
    MpiWindows.attach(handle, address, memory.byteSize());
    attached.add(memory);
    return address;
  }

  /**
   * {@code MPI_Win_detach}: takes memory out of a dynamic window.
   *
   * @param memory as it was attached
   */
  public void detach(MemorySegment memory) {
    check();
    if (!attached.contains(memory)) {
      throw new IllegalArgumentException("the memory is not attached");
    }
    MpiWindows.detach(handle, memory.address());
    attached.remove(memory);
  }

  /**
   * Says what a rank has attached to a dynamic window, so that operations on it can be checked.
   *
   * @param rank whose memory
   * @param address what {@link #attach} gave there
   * @param lengthBytes its length
   */
  public void addRemoteMemory(int rank, long address, long lengthBytes) {
    check(rank);
    Buffers.count(lengthBytes);
    remote(rank).add(new long[] {address, lengthBytes});
  }

  /**
   * Forgets what {@link #addRemoteMemory} said.
   *
   * @param rank whose memory
   * @param address its address
   */
  public void removeRemoteMemory(int rank, long address) {
    check(rank);
    remote(rank).removeIf(region -> region[0] == address);
  }

  /**
   * {@code MPI_Win_get_group}: the ranks.
   *
   * @return a group, to be closed
   */
  public Group group() {
    check();
    MpiWindows.getGroup(handle, comm.scratch().address());
    return new Group(comm.mpi, abi.readHandle(comm.scratch(), 0));
  }

  /**
   * Whether memory that others read and write is the same that this rank sees, {@code
   * MPI_WIN_MODEL} (MPI-4.0 section 12.4).
   *
   * @return true of the unified model; else {@link #sync} is needed in between
   */
  public boolean isUnified() {
    check();
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment answer = scratch.allocate(16, 8);
      MpiAttributes.winGetAttr(
          handle, abi.value(MpiConstant.MPI_WIN_MODEL), answer.address(), answer.address() + 8);
      int model =
          NativeMemory.EVERYTHING.get(ValueLayout.JAVA_INT, answer.get(ValueLayout.JAVA_LONG, 0));
      return model == abi.value(MpiConstant.MPI_WIN_UNIFIED);
    }
  }

  /**
   * {@code MPI_Win_set_name}.
   *
   * @param name for debuggers and error messages; cut off where the library's longest ends
   */
  public void setName(String name) {
    check();
    try (Arena scratch = Arena.ofConfined()) {
      MpiWindows.setName(handle, comm.mpi.objectName(scratch, name).address());
    }
  }

  /**
   * {@code MPI_Win_get_name}.
   *
   * @return the name; empty if none was set
   */
  public String name() {
    check();
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment text = scratch.allocate(abi.value(MpiConstant.MPI_MAX_OBJECT_NAME) + 1L);
      MpiWindows.getName(handle, text.address(), comm.scratch().address());
      return text.getString(0);
    }
  }

  /**
   * {@code MPI_Win_set_info}: gives hints; collective.
   *
   * @param info the hints
   */
  public void setInfo(Info info) {
    check();
    MpiWindows.setInfo(handle, Info.handle(comm.mpi, info));
  }

  /**
   * {@code MPI_Win_get_info}: the hints in force.
   *
   * @return a copy, to be closed
   */
  public Info info() {
    check();
    MpiWindows.getInfo(handle, comm.scratch().address());
    return new Info(comm.mpi, abi.readHandle(comm.scratch(), 0));
  }

  /**
   * {@code MPI_Win_set_errhandler}.
   *
   * @param handler of kind {@link ErrorHandler.Kind#WIN}
   */
  public void setErrorHandler(ErrorHandler handler) {
    check();
    MpiWindows.setErrhandler(handle, handler.handle(comm.mpi, ErrorHandler.Kind.WIN));
  }

  /**
   * {@code MPI_Win_call_errhandler}: has the error handler called.
   *
   * @param code an error code or class
   */
  public void callErrorHandler(int code) {
    check();
    MpiErrorHandlers.winCallErrhandler(handle, code);
    Thrown.rethrow();
  }

  /**
   * {@code MPI_Win_set_attr}.
   *
   * @param <T> the values
   * @param key of kind {@link AttributeKey.Kind#WIN}
   * @param value what to carry; one that is there is deleted
   */
  public <T> void setAttribute(AttributeKey<T> key, T value) {
    check();
    key.set(AttributeKey.Kind.WIN, handle, value);
  }

  /**
   * {@code MPI_Win_get_attr}.
   *
   * @param <T> the values
   * @param key of kind {@link AttributeKey.Kind#WIN}
   * @return the value, or null if there is none
   */
  public <T> T attribute(AttributeKey<T> key) {
    check();
    return key.get(AttributeKey.Kind.WIN, handle);
  }

  /**
   * {@code MPI_Win_delete_attr}.
   *
   * @param key of kind {@link AttributeKey.Kind#WIN}
   */
  public void deleteAttribute(AttributeKey<?> key) {
    check();
    key.delete(AttributeKey.Kind.WIN, handle);
  }
}
