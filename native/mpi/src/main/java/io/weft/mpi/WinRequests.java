package io.weft.mpi;

import io.weft.mpi.ffm.MpiOneSidedRequests;
import java.lang.foreign.MemorySegment;

/**
 * Operations of a {@link Win} that have a request each (MPI-4.0 section 12.3.5), within an epoch of
 * locks: complete at this side when the request is. Requests are those of the window's
 * communicator.
 */
abstract class WinRequests extends WinSynchronization {
  WinRequests(Comm comm, long lengthBytes, boolean shared, Info info) {
    super(comm, lengthBytes, shared, info);
  }

  WinRequests(Comm comm, MemorySegment memory, Info info) {
    super(comm, memory, info);
  }

  WinRequests(Comm comm, Info info) {
    super(comm, info);
  }

  /**
   * {@code MPI_Rput}: as {@link Win#put}, with a request; does not block.
   *
   * @param source native memory; kept reachable by the request
   * @param sourceOffsetBytes where the elements start
   * @param count elements
   * @param type their type
   * @param target whose memory
   * @param targetOffsetBytes where in it they go
   * @param request an inactive request of the window's communicator
   */
  public void rput(
      MemorySegment source,
      long sourceOffsetBytes,
      long count,
      Datatype type,
      int target,
      long targetOffsetBytes,
      Request request) {
    long at = displacement(target, targetOffsetBytes, count, type);
    request.starting(comm);
    long address = Buffers.address(source, sourceOffsetBytes, count, type);
    refuseOwnPut(target, targetOffsetBytes, address, count, type);
    long t = type.handle();
    MpiOneSidedRequests.rput(address, count, t, target, at, count, t, handle, request.address());
    request.started(source, null, type, this);
  }

  /**
   * {@code MPI_Rget}: as {@link Win#get}, with a request; does not block.
   *
   * @param result native memory; kept reachable by the request
   * @param resultOffsetBytes where the elements go
   * @param count elements
   * @param type their type
   * @param target whose memory
   * @param targetOffsetBytes where in it they start
   * @param request an inactive request of the window's communicator
   */
  public void rget(
      MemorySegment result,
      long resultOffsetBytes,
      long count,
      Datatype type,
      int target,
      long targetOffsetBytes,
      Request request) {
    long at = displacement(target, targetOffsetBytes, count, type);
    request.starting(comm);
    long address = Buffers.target(result, resultOffsetBytes, count, type);
    refuseOwnGet(target, targetOffsetBytes, address, count, type);
    long t = type.handle();
    MpiOneSidedRequests.rget(address, count, t, target, at, count, t, handle, request.address());
    request.started(result, null, type, this);
  }

  /**
   * {@code MPI_Raccumulate}: as {@link Win#accumulate}, with a request; does not block.
   *
   * @param source native memory; kept reachable by the request
   * @param sourceOffsetBytes where the elements start
   * @param count elements
   * @param type their type
   * @param op the operation
   * @param target whose memory
   * @param targetOffsetBytes where its elements start
   * @param request an inactive request of the window's communicator
   */
  public void raccumulate(
      MemorySegment source,
      long sourceOffsetBytes,
      long count,
      Datatype type,
      Op op,
      int target,
      long targetOffsetBytes,
      Request request) {
    if (op == Op.NO_OP) {
      throw new IllegalArgumentException("MPI_NO_OP is for operations that fetch");
    }
    notUser(op);
    long at = elements(target, targetOffsetBytes, count, type);
    request.starting(comm);
    long address = Buffers.address(source, sourceOffsetBytes, count, type);
    long t = type.handle();
    MpiOneSidedRequests.raccumulate(
        address, count, t, target, at, count, t, op.handle(), handle, request.address());
    request.started(source, null, type, this);
  }

  /**
   * {@code MPI_Rget_accumulate}: as {@link Win#getAccumulate}, with a request; does not block.
   *
   * @param source native memory; kept reachable by the request
   * @param sourceOffsetBytes where the elements start
   * @param result native memory, apart from the source; kept reachable by the request
   * @param resultOffsetBytes where the former elements go
   * @param count elements
   * @param type their type
   * @param op the operation
   * @param target whose memory
   * @param targetOffsetBytes where its elements start
   * @param request an inactive request of the window's communicator
   */
  public void rgetAccumulate(
      MemorySegment source,
      long sourceOffsetBytes,
      MemorySegment result,
      long resultOffsetBytes,
      long count,
      Datatype type,
      Op op,
      int target,
      long targetOffsetBytes,
      Request request) {
    notUser(op);
    long at = elements(target, targetOffsetBytes, count, type);
    request.starting(comm);
    long address = Buffers.address(source, sourceOffsetBytes, count, type);
    long former = Buffers.target(result, resultOffsetBytes, count, type);
    distinct(address, former, count, type);
    long t = type.handle();
    MpiOneSidedRequests.rgetAccumulate(
        address,
        count,
        t,
        former,
        count,
        t,
        target,
        at,
        count,
        t,
        op.handle(),
        handle,
        request.address());
    request.started(source, result, type, this);
  }
}
