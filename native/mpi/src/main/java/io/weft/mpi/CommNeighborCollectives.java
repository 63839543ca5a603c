package io.weft.mpi;

import io.weft.mpi.ffm.MpiLargeNeighbors;
import io.weft.mpi.ffm.MpiNeighbors;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/**
 * The collectives of a {@link Comm} among neighbours in its topology (MPI-4.0 sections 8.6 and
 * 8.7).
 */
abstract class CommNeighborCollectives extends CommTopology {
  CommNeighborCollectives(Mpi mpi, long handle) {
    super(mpi, handle);
  }

  /**
   * {@code MPI_Neighbor_allgather}: every rank gets a block of each of its sources. Collective;
   * blocks.
   *
   * @param send native memory, or heap memory, which is copied
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory, or heap memory, which is copied
   * @param recvOffsetBytes where the result goes
   * @param count elements of a block
   * @param type their type
   */
  public void neighborAllgather(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type) {
    check();
    long from = in(send, sendOffsetBytes, count, 1, type);
    long to = out(recv, recvOffsetBytes, count, inDegree(), type);
    Overlap.refuse(from, count, to, count * inDegree(), type);
    MpiNeighbors.neighborAllgather(from, count, type.handle(), to, count, type.handle(), handle);
    Reference.reachabilityFence(send);
    back(recv, recvOffsetBytes, count, inDegree(), type);
  }

  /**
   * {@code MPI_Neighbor_allgatherv}: every rank gets a block of each of its sources, of unequal
   * length. Collective; blocks.
   *
   * @param send native memory, or heap memory, which is copied
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param count elements sent
   * @param recv native memory, or heap memory, which is copied
   * @param recvOffsetBytes where the result goes
   * @param layout where each block received goes
   * @param type their type
   */
  public void neighborAllgatherv(
      MemorySegment send,
      long sendOffsetBytes,
      long count,
      MemorySegment recv,
      long recvOffsetBytes,
      BlockLayout layout,
      Datatype type) {
    check();
    long from = in(send, sendOffsetBytes, count, 1, type);
    long to = outLayout(recv, recvOffsetBytes, layout, inDegree(), type);
    Overlap.refuse(from, count, to, layout, type);
    if (layout.isLarge() || count != (int) count) {
      MpiLargeNeighbors.neighborAllgathervC(
          from,
          count,
          type.handle(),
          to,
          layout.largeCounts(),
          layout.largeDisplacements(),
          type.handle(),
          handle);
    } else {
      MpiNeighbors.neighborAllgatherv(
          from,
          (int) count,
          type.handle(),
          to,
          layout.counts(),
          layout.displacements(),
          type.handle(),
          handle);
    }
    Reference.reachabilityFence(send);
    backLayout(recv, recvOffsetBytes, layout, type);
  }

  /**
   * {@code MPI_Neighbor_alltoall}: every rank gets a block of each of its sources that was made for
   * it. Collective; blocks.
   *
   * @param send native memory, or heap memory, which is copied
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory, or heap memory, which is copied
   * @param recvOffsetBytes where the result goes
   * @param count elements of a block
   * @param type their type
   */
  public void neighborAlltoall(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type) {
    check();
    long from = in(send, sendOffsetBytes, count, outDegree(), type);
    long to = out(recv, recvOffsetBytes, count, inDegree(), type);
    Overlap.refuse(from, count * outDegree(), to, count * inDegree(), type);
    MpiNeighbors.neighborAlltoall(from, count, type.handle(), to, count, type.handle(), handle);
    Reference.reachabilityFence(send);
    back(recv, recvOffsetBytes, count, inDegree(), type);
  }

  /**
   * {@code MPI_Neighbor_alltoallv}: every rank gets a block of each of its sources that was made
   * for it, of unequal length. Collective; blocks.
   *
   * @param send native memory, or heap memory, which is copied
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param sendLayout where each block sent lies
   * @param recv native memory, or heap memory, which is copied
   * @param recvOffsetBytes where the result goes
   * @param recvLayout where each block received goes
   * @param type their type
   */
  public void neighborAlltoallv(
      MemorySegment send,
      long sendOffsetBytes,
      BlockLayout sendLayout,
      MemorySegment recv,
      long recvOffsetBytes,
      BlockLayout recvLayout,
      Datatype type) {
    check();
    long from = inLayout(send, sendOffsetBytes, sendLayout, outDegree(), type);
    long to = outLayout(recv, recvOffsetBytes, recvLayout, inDegree(), type);
    Overlap.refuse(from, sendLayout, to, recvLayout, type);
    if (sendLayout.isLarge() || recvLayout.isLarge()) {
      MpiLargeNeighbors.neighborAlltoallvC(
          from,
          sendLayout.largeCounts(),
          sendLayout.largeDisplacements(),
          type.handle(),
          to,
          recvLayout.largeCounts(),
          recvLayout.largeDisplacements(),
          type.handle(),
          handle);
    } else {
      MpiNeighbors.neighborAlltoallv(
          from,
          sendLayout.counts(),
          sendLayout.displacements(),
          type.handle(),
          to,
          recvLayout.counts(),
          recvLayout.displacements(),
          type.handle(),
          handle);
    }
    Reference.reachabilityFence(send);
    backLayout(recv, recvOffsetBytes, recvLayout, type);
  }

  /**
   * {@code MPI_Neighbor_alltoallw}: as {@link #neighborAlltoallv}, each block of a type of its own.
   * Collective; blocks.
   *
   * @param send native memory, or heap memory, which is copied
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param sendLayout where each block sent lies
   * @param recv native memory, or heap memory, which is copied
   * @param recvOffsetBytes where the result goes
   * @param recvLayout where each block received goes
   */
  public void neighborAlltoallw(
      MemorySegment send,
      long sendOffsetBytes,
      TypedBlockLayout sendLayout,
      MemorySegment recv,
      long recvOffsetBytes,
      TypedBlockLayout recvLayout) {
    check();
    long from = Buffers.typed(send, sendOffsetBytes, sendLayout, outDegree());
    long to = Buffers.targetTyped(recv, recvOffsetBytes, recvLayout, inDegree());
    Overlap.refuse(from, sendLayout, to, recvLayout);
    if (sendLayout.isLarge() || recvLayout.isLarge()) {
      MpiLargeNeighbors.neighborAlltoallwC(
          from,
          sendLayout.largeCounts(),
          sendLayout.largeDisplacements(),
          sendLayout.types(),
          to,
          recvLayout.largeCounts(),
          recvLayout.largeDisplacements(),
          recvLayout.types(),
          handle);
    } else {
      MpiNeighbors.neighborAlltoallw(
          from,
          sendLayout.counts(),
          sendLayout.largeDisplacements(),
          sendLayout.types(),
          to,
          recvLayout.counts(),
          recvLayout.largeDisplacements(),
          recvLayout.types(),
          handle);
    }
    Reference.reachabilityFence(send);
    Reference.reachabilityFence(recv);
  }
}
