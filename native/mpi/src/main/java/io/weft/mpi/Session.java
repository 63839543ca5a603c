package io.weft.mpi;

import io.weft.mpi.ffm.MpiSessions;
import io.weft.mpi.ffm.PredefinedHandle;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * A way to MPI of its own (MPI-4.0 section 11.3): names sets of processes, of which communicators
 * are made without those of the world. Opened beside an {@link Mpi}, which is to be closed after
 * it. Its errors return. A library that has no sessions, as Open MPI 4.1, is {@link
 * UnsupportedOperationException}. Threads: as its {@link Mpi}.
 */
public final class Session implements AutoCloseable {
  private static final int LONGEST_NAME = 1024;

  private final Mpi mpi;
  private final long handle;
  private boolean closed;

  private Session(Mpi mpi, long handle) {
    this.mpi = mpi;
    this.handle = handle;
  }

  /**
   * {@code MPI_Session_init}; not collective.
   *
   * @param mpi MPI
   * @param info hints; may be null
   * @return the session, to be closed
   * @throws UnsupportedOperationException if the library has no sessions
   */
  public static Session open(Mpi mpi, Info info) {
    mpi.check();
    long returning = mpi.abi().handle(PredefinedHandle.MPI_ERRORS_RETURN);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment place = arena.allocate(Long.BYTES, Long.BYTES);
      MpiSessions.init(Info.handle(mpi, info), returning, place.address());
      return new Session(mpi, mpi.abi().readHandle(place, 0));
    }
  }

  private void check() {
    if (closed) {
      throw new IllegalStateException("the session is closed");
    }
    mpi.check();
  }

  /**
   * The names of the sets of processes, {@code MPI_Session_get_nth_pset}.
   *
   * @return among them {@code mpi://WORLD} and {@code mpi://SELF}
   */
  public List<String> processSets() {
    check();
    List<String> result = new ArrayList<>();
    long none = Info.handle(mpi, null);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = arena.allocate(8, 8);
      MemorySegment name = arena.allocate(LONGEST_NAME);
      MpiSessions.getNumPsets(handle, none, answer.address());
      int count = answer.get(ValueLayout.JAVA_INT, 0);
      for (int i = 0; i < count; i++) {
        answer.set(ValueLayout.JAVA_INT, 0, LONGEST_NAME);
        MpiSessions.getNthPset(handle, none, i, answer.address(), name.address());
        result.add(name.getString(0));
      }
    }
    return result;
  }

  /**
   * What is known of a set of processes, {@code MPI_Session_get_pset_info}.
   *
   * @param name the set's
   * @return a copy with {@code mpi_size} in it, to be closed
   */
  public Info processSetInfo(String name) {
    check();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment place = arena.allocate(8, 8);
      MpiSessions.getPsetInfo(handle, arena.allocateFrom(name).address(), place.address());
      return new Info(mpi, mpi.abi().readHandle(place, 0));
    }
  }

  /**
   * The session's hints, {@code MPI_Session_get_info}.
   *
   * @return a copy, to be closed
   */
  public Info info() {
    check();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment place = arena.allocate(8, 8);
      MpiSessions.getInfo(handle, place.address());
      return new Info(mpi, mpi.abi().readHandle(place, 0));
    }
  }

  /**
   * {@code MPI_Group_from_session_pset}: the processes of a set.
   *
   * @param name the set's
   * @return a group, to be closed
   */
  public Group group(String name) {
    check();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment place = arena.allocate(8, 8);
      MpiSessions.groupFromSessionPset(handle, arena.allocateFrom(name).address(), place.address());
      return new Group(mpi, mpi.abi().readHandle(place, 0));
    }
  }

  /**
   * {@code MPI_Comm_create_from_group}: makes a communicator of a group's processes; collective
   * over those.
   *
   * @param group of this session
   * @param tag tells calls apart that are made at the same time
   * @return the communicator, to be closed before the session
   */
  public Comm createComm(Group group, String tag) {
    check();
    long returning = mpi.abi().handle(PredefinedHandle.MPI_ERRORS_RETURN);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment place = arena.allocate(8, 8);
      MpiSessions.commCreateFromGroup(
          group.handle(),
          arena.allocateFrom(tag).address(),
          Info.handle(mpi, null),
          returning,
          place.address());
      return mpi.self().made(place, ErrorHandler.RETURN);
    }
  }

  /** {@code MPI_Session_finalize}; collective over what the session made. Twice does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    check();
    closed = true;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment place = arena.allocate(8, 8);
      mpi.abi().writeHandle(place, 0, handle);
      MpiSessions.finalizeMpi(place.address());
    }
  }
}
