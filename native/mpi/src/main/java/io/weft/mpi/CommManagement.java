package io.weft.mpi;

import io.weft.mpi.ffm.MpiComms;
import io.weft.mpi.ffm.MpiConstant;
import io.weft.mpi.ffm.MpiErrorHandlers;
import io.weft.mpi.ffm.MpiInterComms;
import io.weft.mpi.ffm.Thrown;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Making a {@link Comm} of others, and what it carries (MPI-4.0 chapter 7). */
abstract class CommManagement extends CommPersistentNeighborCollectives {
  CommManagement(Mpi mpi, long handle) {
    super(mpi, handle);
  }

  /**
   * Makes a communicator of the same ranks whose messages meet only their own, {@code
   * MPI_Comm_dup}; collective. Attributes are copied, and the error handler.
   *
   * @return the new communicator, to be closed
   */
  public Comm dup() {
    check();
    MpiComms.dup(handle, scratch.address());
    Comm result = made(scratch, errorHandler);
    Thrown.rethrow();
    return result;
  }

  /**
   * {@code MPI_Comm_dup_with_info}: as {@link #dup}, with hints.
   *
   * @param info hints in place of this one's
   * @return the new communicator, to be closed
   */
  public Comm dup(Info info) {
    check();
    MpiComms.dupWithInfo(handle, Info.handle(mpi, info), scratch.address());
    Comm result = made(scratch, errorHandler);
    Thrown.rethrow();
    return result;
  }

  /**
   * {@code MPI_Comm_idup}: starts to make what {@link #dup} makes; collective, does not block.
   *
   * @param request an inactive request of this communicator
   * @return the communicator that is being made
   */
  public PendingComm idup(Request request) {
    check();
    request.starting(this);
    // C writes it later.
    MemorySegment place = mpi.arena().allocate(Long.BYTES, Long.BYTES);
    MpiComms.idup(handle, place.address(), request.address());
    request.started(null, null, null, null);
    Thrown.rethrow();
    return new PendingComm(self(), place, request, errorHandler);
  }

  /**
   * Makes communicators of parts of this one, {@code MPI_Comm_split}; collective.
   *
   * @param color which part this rank belongs to, 0 or more; negative for none
   * @param key the order of ranks in the new communicator; those with equal keys keep theirs
   * @return the communicator of this rank's part, to be closed; null for a negative colour
   */
  public Comm split(int color, int key) {
    check();
    MpiComms.split(handle, color < 0 ? abi.undefined() : color, key, scratch.address());
    return made(scratch, errorHandler);
  }

  /**
   * {@code MPI_Comm_split_type} of {@code MPI_COMM_TYPE_SHARED}: makes communicators of the ranks
   * that can share memory; collective.
   *
   * @param key the order of ranks in the new communicator
   * @param info hints; may be null
   * @return the communicator of this rank's host, to be closed
   */
  public Comm splitShared(int key, Info info) {
    check();
    int type = abi.value(MpiConstant.MPI_COMM_TYPE_SHARED);
    MpiComms.splitType(handle, type, key, Info.handle(mpi, info), scratch.address());
    return made(scratch, errorHandler);
  }

  /**
   * {@code MPI_Comm_create}: makes a communicator of a part of the ranks; collective over all.
   *
   * @param group the part; the same on all ranks, or disjoint ones
   * @return the communicator, to be closed; null on ranks outside of the group
   */
  public Comm create(Group group) {
    check();
    MpiComms.create(handle, group.handle(), scratch.address());
    return made(scratch, errorHandler);
  }

  /**
   * {@code MPI_Comm_create_group}: makes a communicator of a part of the ranks; collective over
   * those.
   *
   * @param group the part, with this rank
   * @param tag tells calls apart that threads make at the same time
   * @return the communicator, to be closed
   */
  public Comm createGroup(Group group, int tag) {
    check();
    Arguments.tag(tag);
    MpiComms.createGroup(handle, group.handle(), tag, scratch.address());
    return made(scratch, errorHandler);
  }

  /**
   * {@code MPI_Comm_group}: the ranks; in an inter-communicator those of this side.
   *
   * @return a group, to be closed
   */
  public Group group() {
    check();
    MpiComms.group(handle, scratch.address());
    return new Group(mpi, abi.readHandle(scratch, 0));
  }

  /**
   * {@code MPI_Comm_remote_group}: the ranks of the other side of an inter-communicator.
   *
   * @return a group, to be closed
   */
  public Group remoteGroup() {
    remoteSize();
    check();
    MpiInterComms.remoteGroup(handle, scratch.address());
    return new Group(mpi, abi.readHandle(scratch, 0));
  }

  /**
   * {@code MPI_Comm_compare}.
   *
   * @param other another communicator
   * @return how they are alike
   */
  public Comparison compare(Comm other) {
    check();
    other.check();
    MpiComms.compare(handle, other.handle, scratch.address());
    return Comparison.of(abi, answer());
  }

  /**
   * {@code MPI_Intercomm_create}: joins this communicator and one of other ranks; collective over
   * both.
   *
   * @param localLeader the rank here that talks to the other side
   * @param between a communicator in which both leaders are; read at the leaders only
   * @param remoteLeader the other side's leader, as a rank of that
   * @param tag tells it from other messages there
   * @return an inter-communicator, to be closed
   */
  public Comm createInter(int localLeader, Comm between, int remoteLeader, int tag) {
    check();
    between.check();
    Arguments.rank("localLeader", localLeader, size);
    if (rank == localLeader) {
      Arguments.rank("remoteLeader", remoteLeader, between.peers);
    }
    Arguments.tag(tag);
    MpiInterComms.intercommCreate(
        handle, localLeader, between.handle, remoteLeader, tag, scratch.address());
    return made(scratch, errorHandler);
  }

  /**
   * {@code MPI_Intercomm_merge}: makes one communicator of both sides; collective over both.
   *
   * @param high whether this side's ranks come after the other's; the same on all of a side
   * @return the communicator, to be closed
   */
  public Comm merge(boolean high) {
    remoteSize();
    check();
    MpiInterComms.intercommMerge(handle, high ? 1 : 0, scratch.address());
    return made(scratch, errorHandler);
  }

  /**
   * {@code MPI_Comm_set_name}.
   *
   * @param name for debuggers and error messages; cut off where the library's longest ends
   */
  public void setName(String name) {
    check();
    try (Arena arena = Arena.ofConfined()) {
      MpiComms.setName(handle, mpi.objectName(arena, name).address());
    }
  }

  /**
   * {@code MPI_Comm_get_name}.
   *
   * @return the name; empty if none was set
   */
  public String name() {
    check();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(abi.value(MpiConstant.MPI_MAX_OBJECT_NAME) + 1L);
      MpiComms.getName(handle, text.address(), scratch.address());
      return text.getString(0);
    }
  }

  /**
   * {@code MPI_Comm_set_info}: gives hints; collective.
   *
   * @param info the same on all ranks
   */
  public void setInfo(Info info) {
    check();
    MpiComms.setInfo(handle, Info.handle(mpi, info));
  }

  /**
   * {@code MPI_Comm_get_info}: the hints in force.
   *
   * @return a copy, to be closed
   */
  public Info info() {
    check();
    MpiComms.getInfo(handle, scratch.address());
    return new Info(mpi, abi.readHandle(scratch, 0));
  }

  /**
   * {@code MPI_Comm_set_errhandler}.
   *
   * @param handler of kind {@link ErrorHandler.Kind#COMM}
   */
  public void setErrorHandler(ErrorHandler handler) {
    check();
    MpiComms.setErrhandler(handle, handler.handle(mpi, ErrorHandler.Kind.COMM));
    errorHandler = handler;
  }

  /**
   * The error handler in force.
   *
   * @return the one set, or inherited; {@link ErrorHandler#RETURN} at first
   */
  public ErrorHandler errorHandler() {
    return errorHandler;
  }

  /**
   * {@code MPI_Comm_call_errhandler}: has the error handler called.
   *
   * @param code an error code or class
   */
  public void callErrorHandler(int code) {
    check();
    MpiErrorHandlers.commCallErrhandler(handle, code);
    Thrown.rethrow();
  }

  /**
   * {@code MPI_Comm_set_attr}.
   *
   * @param <T> the values
   * @param key of kind {@link AttributeKey.Kind#COMM}
   * @param value what to carry; one that is there is deleted
   */
  public <T> void setAttribute(AttributeKey<T> key, T value) {
    check();
    key.set(AttributeKey.Kind.COMM, handle, value);
  }

  /**
   * {@code MPI_Comm_get_attr}.
   *
   * @param <T> the values
   * @param key of kind {@link AttributeKey.Kind#COMM}
   * @return the value, or null if there is none
   */
  public <T> T attribute(AttributeKey<T> key) {
    check();
    return key.get(AttributeKey.Kind.COMM, handle);
  }

  /**
   * {@code MPI_Comm_delete_attr}.
   *
   * @param key of kind {@link AttributeKey.Kind#COMM}
   */
  public void deleteAttribute(AttributeKey<?> key) {
    check();
    key.delete(AttributeKey.Kind.COMM, handle);
  }
}
