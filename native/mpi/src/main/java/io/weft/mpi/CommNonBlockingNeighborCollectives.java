package io.weft.mpi;

import io.weft.mpi.ffm.MpiLargeNeighbors;
import io.weft.mpi.ffm.MpiNonBlockingNeighbors;
import java.lang.foreign.MemorySegment;

/** The collectives of a {@link Comm} among neighbours that do not block (MPI-4.0 section 8.7). */
abstract class CommNonBlockingNeighborCollectives extends CommNeighborCollectives {
  CommNonBlockingNeighborCollectives(Mpi mpi, long handle) {
    super(mpi, handle);
  }

  /**
   * {@code MPI_Ineighbor_allgather}: every rank gets a block of each of its sources. Does not
   * block; buffers and layouts must not be touched until completion.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory; kept reachable by the request
   * @param recvOffsetBytes where the result goes
   * @param count elements of a block
   * @param type their type
   * @param request an inactive request of this communicator
   */
  public void ineighborAllgather(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      Request request) {
    check();
    request.starting(this);
    long from = Buffers.blocks(send, sendOffsetBytes, count, 1, type);
    long to = Buffers.targetBlocks(recv, recvOffsetBytes, count, inDegree(), type);
    Overlap.refuse(from, count, to, count * inDegree(), type);
    MpiNonBlockingNeighbors.ineighborAllgather(
        from, count, type.handle(), to, count, type.handle(), handle, request.address());
    request.started(send, recv, type, null);
  }

  /**
   * {@code MPI_Ineighbor_allgatherv}: every rank gets a block of each of its sources, of unequal
   * length. Does not block; buffers and layouts must not be touched until completion.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param count elements sent
   * @param recv native memory; kept reachable by the request
   * @param recvOffsetBytes where the result goes
   * @param layout where each block received goes
   * @param type their type
   * @param request an inactive request of this communicator
   */
  public void ineighborAllgatherv(
      MemorySegment send,
      long sendOffsetBytes,
      long count,
      MemorySegment recv,
      long recvOffsetBytes,
      BlockLayout layout,
      Datatype type,
      Request request) {
    check();
    request.starting(this);
    long from = Buffers.blocks(send, sendOffsetBytes, count, 1, type);
    long to = Buffers.targetLayout(recv, recvOffsetBytes, layout, inDegree(), type);
    Overlap.refuse(from, count, to, layout, type);
    if (layout.isLarge() || count != (int) count) {
      MpiLargeNeighbors.ineighborAllgathervC(
          from,
          count,
          type.handle(),
          to,
          layout.largeCounts(),
          layout.largeDisplacements(),
          type.handle(),
          handle,
          request.address());
    } else {
      MpiNonBlockingNeighbors.ineighborAllgatherv(
          from,
          (int) count,
          type.handle(),
          to,
          layout.counts(),
          layout.displacements(),
          type.handle(),
          handle,
          request.address());
    }
    request.started(send, recv, type, null);
    request.holds(layout, null);
  }

  /**
   * {@code MPI_Ineighbor_alltoall}: every rank gets a block of each of its sources that was made
   * for it. Does not block; buffers and layouts must not be touched until completion.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory; kept reachable by the request
   * @param recvOffsetBytes where the result goes
   * @param count elements of a block
   * @param type their type
   * @param request an inactive request of this communicator
   */
  public void ineighborAlltoall(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      Request request) {
    check();
    request.starting(this);
    long from = Buffers.blocks(send, sendOffsetBytes, count, outDegree(), type);
    long to = Buffers.targetBlocks(recv, recvOffsetBytes, count, inDegree(), type);
    Overlap.refuse(from, count * outDegree(), to, count * inDegree(), type);
    MpiNonBlockingNeighbors.ineighborAlltoall(
        from, count, type.handle(), to, count, type.handle(), handle, request.address());
    request.started(send, recv, type, null);
  }

  /**
   * {@code MPI_Ineighbor_alltoallv}: every rank gets a block of each of its sources that was made
   * for it, of unequal length. Does not block; buffers and layouts must not be touched until
   * completion.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param sendLayout where each block sent lies
   * @param recv native memory; kept reachable by the request
   * @param recvOffsetBytes where the result goes
   * @param recvLayout where each block received goes
   * @param type their type
   * @param request an inactive request of this communicator
   */
  public void ineighborAlltoallv(
      MemorySegment send,
      long sendOffsetBytes,
      BlockLayout sendLayout,
      MemorySegment recv,
      long recvOffsetBytes,
      BlockLayout recvLayout,
      Datatype type,
      Request request) {
    check();
    request.starting(this);
    long from = Buffers.layout(send, sendOffsetBytes, sendLayout, outDegree(), type);
    long to = Buffers.targetLayout(recv, recvOffsetBytes, recvLayout, inDegree(), type);
    Overlap.refuse(from, sendLayout, to, recvLayout, type);
    if (sendLayout.isLarge() || recvLayout.isLarge()) {
      MpiLargeNeighbors.ineighborAlltoallvC(
          from,
          sendLayout.largeCounts(),
          sendLayout.largeDisplacements(),
          type.handle(),
          to,
          recvLayout.largeCounts(),
          recvLayout.largeDisplacements(),
          type.handle(),
          handle,
          request.address());
    } else {
      MpiNonBlockingNeighbors.ineighborAlltoallv(
          from,
          sendLayout.counts(),
          sendLayout.displacements(),
          type.handle(),
          to,
          recvLayout.counts(),
          recvLayout.displacements(),
          type.handle(),
          handle,
          request.address());
    }
    request.started(send, recv, type, null);
    request.holds(sendLayout, recvLayout);
  }

  /**
   * {@code MPI_Ineighbor_alltoallw}: as {@link #neighborAlltoallv}, each block of a type of its
   * own. Does not block; buffers and layouts must not be touched until completion.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param sendLayout where each block sent lies
   * @param recv native memory; kept reachable by the request
   * @param recvOffsetBytes where the result goes
   * @param recvLayout where each block received goes
   * @param request an inactive request of this communicator
   */
  public void ineighborAlltoallw(
      MemorySegment send,
      long sendOffsetBytes,
      TypedBlockLayout sendLayout,
      MemorySegment recv,
      long recvOffsetBytes,
      TypedBlockLayout recvLayout,
      Request request) {
    check();
    request.starting(this);
    long from = Buffers.typed(send, sendOffsetBytes, sendLayout, outDegree());
    long to = Buffers.targetTyped(recv, recvOffsetBytes, recvLayout, inDegree());
    Overlap.refuse(from, sendLayout, to, recvLayout);
    if (sendLayout.isLarge() || recvLayout.isLarge()) {
      MpiLargeNeighbors.ineighborAlltoallwC(
          from,
          sendLayout.largeCounts(),
          sendLayout.largeDisplacements(),
          sendLayout.types(),
          to,
          recvLayout.largeCounts(),
          recvLayout.largeDisplacements(),
          recvLayout.types(),
          handle,
          request.address());
    } else {
      MpiNonBlockingNeighbors.ineighborAlltoallw(
          from,
          sendLayout.counts(),
          sendLayout.largeDisplacements(),
          sendLayout.types(),
          to,
          recvLayout.counts(),
          recvLayout.largeDisplacements(),
          recvLayout.types(),
          handle,
          request.address());
    }
    request.started(send, recv, sendLayout, recvLayout);
  }
}
