package io.weft.mpi;

import io.weft.mpi.ffm.MpiPersistentLargeNeighbors;
import io.weft.mpi.ffm.MpiPersistentNeighbors;
import java.lang.foreign.MemorySegment;

/** The persistent collectives of a {@link Comm} among neighbours (MPI-4.0 section 8.8). */
abstract class CommPersistentNeighborCollectives extends CommPersistentVectorCollectives {
  CommPersistentNeighborCollectives(Mpi mpi, long handle) {
    super(mpi, handle);
  }

  /**
   * {@code MPI_Neighbor_allgather_init}: every rank gets a block of each of its sources.
   * Collective; buffers and layouts must not be touched while the request is active, nor layouts
   * changed before it closes.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory; kept reachable by the request
   * @param recvOffsetBytes where the result goes
   * @param count elements of a block
   * @param type their type
   * @param info hints; may be null
   * @return an inactive request, to be closed
   */
  public PersistentRequest neighborAllgatherInit(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      Info info) {
    check();
    long from = Buffers.blocks(send, sendOffsetBytes, count, 1, type);
    long to = Buffers.targetBlocks(recv, recvOffsetBytes, count, inDegree(), type);
    Overlap.refuse(from, count, to, count * inDegree(), type);
    PersistentRequest made = new PersistentRequest(self(), send, recv, type);
    MpiPersistentNeighbors.neighborAllgatherInit(
        from,
        count,
        type.handle(),
        to,
        count,
        type.handle(),
        handle,
        Info.handle(mpi, info),
        made.address());
    return made;
  }

  /**
   * {@code MPI_Neighbor_allgatherv_init}: every rank gets a block of each of its sources, of
   * unequal length. Collective; buffers and layouts must not be touched while the request is
   * active, nor layouts changed before it closes.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param count elements sent
   * @param recv native memory; kept reachable by the request
   * @param recvOffsetBytes where the result goes
   * @param layout where each block received goes
   * @param type their type
   * @param info hints; may be null
   * @return an inactive request, to be closed
   */
  public PersistentRequest neighborAllgathervInit(
      MemorySegment send,
      long sendOffsetBytes,
      long count,
      MemorySegment recv,
      long recvOffsetBytes,
      BlockLayout layout,
      Datatype type,
      Info info) {
    check();
    long from = Buffers.blocks(send, sendOffsetBytes, count, 1, type);
    long to = Buffers.targetLayout(recv, recvOffsetBytes, layout, inDegree(), type);
    Overlap.refuse(from, count, to, layout, type);
    PersistentRequest made = new PersistentRequest(self(), send, recv, type, layout);
    if (layout.isLarge() || count != (int) count) {
      MpiPersistentLargeNeighbors.neighborAllgathervInitC(
          from,
          count,
          type.handle(),
          to,
          layout.largeCounts(),
          layout.largeDisplacements(),
          type.handle(),
          handle,
          Info.handle(mpi, info),
          made.address());
    } else {
      MpiPersistentNeighbors.neighborAllgathervInit(
          from,
          (int) count,
          type.handle(),
          to,
          layout.counts(),
          layout.displacements(),
          type.handle(),
          handle,
          Info.handle(mpi, info),
          made.address());
    }
    return made;
  }

  /**
   * {@code MPI_Neighbor_alltoall_init}: every rank gets a block of each of its sources that was
   * made for it. Collective; buffers and layouts must not be touched while the request is active,
   * nor layouts changed before it closes.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory; kept reachable by the request
   * @param recvOffsetBytes where the result goes
   * @param count elements of a block
   * @param type their type
   * @param info hints; may be null
   * @return an inactive request, to be closed
   */
  public PersistentRequest neighborAlltoallInit(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      Info info) {
    check();
    long from = Buffers.blocks(send, sendOffsetBytes, count, outDegree(), type);
    long to = Buffers.targetBlocks(recv, recvOffsetBytes, count, inDegree(), type);
    Overlap.refuse(from, count * outDegree(), to, count * inDegree(), type);
    PersistentRequest made = new PersistentRequest(self(), send, recv, type);
    MpiPersistentNeighbors.neighborAlltoallInit(
        from,
        count,
        type.handle(),
        to,
        count,
        type.handle(),
        handle,
        Info.handle(mpi, info),
        made.address());
    return made;
  }

  /**
   * {@code MPI_Neighbor_alltoallv_init}: every rank gets a block of each of its sources that was
   * made for it, of unequal length. Collective; buffers and layouts must not be touched while the
   * request is active, nor layouts changed before it closes.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param sendLayout where each block sent lies
   * @param recv native memory; kept reachable by the request
   * @param recvOffsetBytes where the result goes
   * @param recvLayout where each block received goes
   * @param type their type
   * @param info hints; may be null
   * @return an inactive request, to be closed
   */
  public PersistentRequest neighborAlltoallvInit(
      MemorySegment send,
      long sendOffsetBytes,
      BlockLayout sendLayout,
      MemorySegment recv,
      long recvOffsetBytes,
      BlockLayout recvLayout,
      Datatype type,
      Info info) {
    check();
    long from = Buffers.layout(send, sendOffsetBytes, sendLayout, outDegree(), type);
    long to = Buffers.targetLayout(recv, recvOffsetBytes, recvLayout, inDegree(), type);
    Overlap.refuse(from, sendLayout, to, recvLayout, type);
    PersistentRequest made =
        new PersistentRequest(self(), send, recv, type, sendLayout, recvLayout);
    if (sendLayout.isLarge() || recvLayout.isLarge()) {
      MpiPersistentLargeNeighbors.neighborAlltoallvInitC(
          from,
          sendLayout.largeCounts(),
          sendLayout.largeDisplacements(),
          type.handle(),
          to,
          recvLayout.largeCounts(),
          recvLayout.largeDisplacements(),
          type.handle(),
          handle,
          Info.handle(mpi, info),
          made.address());
    } else {
      MpiPersistentNeighbors.neighborAlltoallvInit(
          from,
          sendLayout.counts(),
          sendLayout.displacements(),
          type.handle(),
          to,
          recvLayout.counts(),
          recvLayout.displacements(),
          type.handle(),
          handle,
          Info.handle(mpi, info),
          made.address());
    }
    return made;
  }

  /**
   * {@code MPI_Neighbor_alltoallw_init}: as {@link #neighborAlltoallv}, each block of a type of its
   * own. Collective; buffers and layouts must not be touched while the request is active, nor
   * layouts changed before it closes.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param sendLayout where each block sent lies
   * @param recv native memory; kept reachable by the request
   * @param recvOffsetBytes where the result goes
   * @param recvLayout where each block received goes
   * @param info hints; may be null
   * @return an inactive request, to be closed
   */
  public PersistentRequest neighborAlltoallwInit(
      MemorySegment send,
      long sendOffsetBytes,
      TypedBlockLayout sendLayout,
      MemorySegment recv,
      long recvOffsetBytes,
      TypedBlockLayout recvLayout,
      Info info) {
    check();
    long from = Buffers.typed(send, sendOffsetBytes, sendLayout, outDegree());
    long to = Buffers.targetTyped(recv, recvOffsetBytes, recvLayout, inDegree());
    Overlap.refuse(from, sendLayout, to, recvLayout);
    PersistentRequest made = new PersistentRequest(self(), send, recv, sendLayout, recvLayout);
    if (sendLayout.isLarge() || recvLayout.isLarge()) {
      MpiPersistentLargeNeighbors.neighborAlltoallwInitC(
          from,
          sendLayout.largeCounts(),
          sendLayout.largeDisplacements(),
          sendLayout.types(),
          to,
          recvLayout.largeCounts(),
          recvLayout.largeDisplacements(),
          recvLayout.types(),
          handle,
          Info.handle(mpi, info),
          made.address());
    } else {
      MpiPersistentNeighbors.neighborAlltoallwInit(
          from,
          sendLayout.counts(),
          sendLayout.largeDisplacements(),
          sendLayout.types(),
          to,
          recvLayout.counts(),
          recvLayout.largeDisplacements(),
          recvLayout.types(),
          handle,
          Info.handle(mpi, info),
          made.address());
    }
    return made;
  }
}
