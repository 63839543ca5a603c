package io.weft.mpi;

import io.weft.mpi.ffm.MpiPersistentLargeVectorCollectives;
import io.weft.mpi.ffm.MpiPersistentVectorCollectives;
import java.lang.foreign.MemorySegment;

/**
 * The persistent collectives of a {@link Comm} on blocks of unequal length (MPI-4.0 section 6.13).
 */
abstract class CommPersistentVectorCollectives extends CommPersistentCollectives {
  CommPersistentVectorCollectives(Mpi mpi, long handle) {
    super(mpi, handle);
  }

  /**
   * {@code MPI_Gatherv_init}: the root gets a block of every rank, of unequal length. Collective;
   * buffers and layouts must not be touched while the request is active, nor layouts changed before
   * it closes.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param count elements sent
   * @param recv native memory; kept reachable by the request
   * @param recvOffsetBytes where the result goes
   * @param layout where each block received goes
   * @param type their type
   * @param root which rank is the root; {@link #root} and {@link #procNull} in an inter-
   *     communicator
   * @param info hints; may be null
   * @return an inactive request, to be closed
   */
  public PersistentRequest gathervInit(
      MemorySegment send,
      long sendOffsetBytes,
      long count,
      MemorySegment recv,
      long recvOffsetBytes,
      BlockLayout layout,
      Datatype type,
      int root,
      Info info) {
    check();
    boolean here = isRoot(root);
    long from = sends(root) ? Buffers.blocks(send, sendOffsetBytes, count, 1, type) : nothing();
    long to = here ? Buffers.targetLayout(recv, recvOffsetBytes, layout, peers, type) : 0;
    if (sends(root) && here) {
      Overlap.refuse(from, count, to, layout, type);
    }
    PersistentRequest made = new PersistentRequest(self(), send, recv, type, layout);
    if ((here && layout.isLarge()) || count != (int) count) {
      MpiPersistentLargeVectorCollectives.gathervInitC(
          from,
          count,
          type.handle(),
          to,
          here ? layout.largeCounts() : 0,
          here ? layout.largeDisplacements() : 0,
          type.handle(),
          root,
          handle,
          Info.handle(mpi, info),
          made.address());
    } else {
      MpiPersistentVectorCollectives.gathervInit(
          from,
          (int) count,
          type.handle(),
          to,
          here ? layout.counts() : 0,
          here ? layout.displacements() : 0,
          type.handle(),
          root,
          handle,
          Info.handle(mpi, info),
          made.address());
    }
    return made;
  }

  /**
   * {@code MPI_Scatterv_init}: every rank gets its block of the root's, of unequal length.
   * Collective; buffers and layouts must not be touched while the request is active, nor layouts
   * changed before it closes.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param layout where each block sent lies
   * @param recv native memory; kept reachable by the request
   * @param recvOffsetBytes where the result goes
   * @param count elements received
   * @param type their type
   * @param root which rank is the root; {@link #root} and {@link #procNull} in an inter-
   *     communicator
   * @param info hints; may be null
   * @return an inactive request, to be closed
   */
  public PersistentRequest scattervInit(
      MemorySegment send,
      long sendOffsetBytes,
      BlockLayout layout,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      int root,
      Info info) {
    check();
    boolean here = isRoot(root);
    long from = here ? Buffers.layout(send, sendOffsetBytes, layout, peers, type) : 0;
    long to = sends(root) ? Buffers.targetBlocks(recv, recvOffsetBytes, count, 1, type) : nothing();
    if (here && sends(root)) {
      Overlap.refuse(from, layout, to, count, type);
    }
    PersistentRequest made = new PersistentRequest(self(), send, recv, type, layout);
    if ((here && layout.isLarge()) || count != (int) count) {
      MpiPersistentLargeVectorCollectives.scattervInitC(
          from,
          here ? layout.largeCounts() : 0,
          here ? layout.largeDisplacements() : 0,
          type.handle(),
          to,
          count,
          type.handle(),
          root,
          handle,
          Info.handle(mpi, info),
          made.address());
    } else {
      MpiPersistentVectorCollectives.scattervInit(
          from,
          here ? layout.counts() : 0,
          here ? layout.displacements() : 0,
          type.handle(),
          to,
          (int) count,
          type.handle(),
          root,
          handle,
          Info.handle(mpi, info),
          made.address());
    }
    return made;
  }

  /**
   * {@code MPI_Allgatherv_init}: every rank gets a block of every rank, of unequal length.
   * Collective; buffers and layouts must not be touched while the request is active, nor layouts
   * changed before it closes.
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
  public PersistentRequest allgathervInit(
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
    long to = Buffers.targetLayout(recv, recvOffsetBytes, layout, peers, type);
    Overlap.refuse(from, count, to, layout, type);
    PersistentRequest made = new PersistentRequest(self(), send, recv, type, layout);
    if (layout.isLarge() || count != (int) count) {
      MpiPersistentLargeVectorCollectives.allgathervInitC(
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
      MpiPersistentVectorCollectives.allgathervInit(
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
   * {@code MPI_Alltoallv_init}: every rank gets a block of every rank that was made for it, of
   * unequal length. Collective; buffers and layouts must not be touched while the request is
   * active, nor layouts changed before it closes.
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
  public PersistentRequest alltoallvInit(
      MemorySegment send,
      long sendOffsetBytes,
      BlockLayout sendLayout,
      MemorySegment recv,
      long recvOffsetBytes,
      BlockLayout recvLayout,
      Datatype type,
      Info info) {
    check();
    long from = Buffers.layout(send, sendOffsetBytes, sendLayout, peers, type);
    long to = Buffers.targetLayout(recv, recvOffsetBytes, recvLayout, peers, type);
    Overlap.refuse(from, sendLayout, to, recvLayout, type);
    PersistentRequest made =
        new PersistentRequest(self(), send, recv, type, sendLayout, recvLayout);
    if (sendLayout.isLarge() || recvLayout.isLarge()) {
      MpiPersistentLargeVectorCollectives.alltoallvInitC(
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
      MpiPersistentVectorCollectives.alltoallvInit(
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
   * {@code MPI_Alltoallw_init}: as {@link #alltoallv}, each block of a type of its own. Collective;
   * buffers and layouts must not be touched while the request is active, nor layouts changed before
   * it closes.
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
  public PersistentRequest alltoallwInit(
      MemorySegment send,
      long sendOffsetBytes,
      TypedBlockLayout sendLayout,
      MemorySegment recv,
      long recvOffsetBytes,
      TypedBlockLayout recvLayout,
      Info info) {
    check();
    long from = Buffers.typed(send, sendOffsetBytes, sendLayout, peers);
    long to = Buffers.targetTyped(recv, recvOffsetBytes, recvLayout, peers);
    Overlap.refuse(from, sendLayout, to, recvLayout);
    PersistentRequest made = new PersistentRequest(self(), send, recv, sendLayout, recvLayout);
    if (sendLayout.isLarge() || recvLayout.isLarge()) {
      MpiPersistentLargeVectorCollectives.alltoallwInitC(
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
      MpiPersistentVectorCollectives.alltoallwInit(
          from,
          sendLayout.counts(),
          sendLayout.displacements(),
          sendLayout.types(),
          to,
          recvLayout.counts(),
          recvLayout.displacements(),
          recvLayout.types(),
          handle,
          Info.handle(mpi, info),
          made.address());
    }
    return made;
  }

  /**
   * {@code MPI_Reduce_scatter_init}: every rank gets its block, of a length of its own, of the
   * elements of all ranks combined. Collective; buffers and layouts must not be touched while the
   * request is active, nor layouts changed before it closes.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory; kept reachable by the request
   * @param recvOffsetBytes where the result goes
   * @param counts the length of each rank's block; displacements are not used
   * @param type their type
   * @param op how two elements are combined
   * @param info hints; may be null
   * @return an inactive request, to be closed
   */
  public PersistentRequest reduceScatterInit(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      BlockLayout counts,
      Datatype type,
      Op op,
      Info info) {
    check();
    counts.checkSize(size);
    long from = Buffers.blocks(send, sendOffsetBytes, counts.total(), 1, type);
    long to = Buffers.targetBlocks(recv, recvOffsetBytes, counts.count(rank), 1, type);
    Overlap.refuse(from, counts.total(), to, counts.count(rank), type);
    PersistentRequest made = new PersistentRequest(self(), send, recv, type, op, counts);
    if (counts.isLarge()) {
      MpiPersistentLargeVectorCollectives.reduceScatterInitC(
          from,
          to,
          counts.largeCounts(),
          type.handle(),
          op.handle(),
          handle,
          Info.handle(mpi, info),
          made.address());
    } else {
      MpiPersistentVectorCollectives.reduceScatterInit(
          from,
          to,
          counts.counts(),
          type.handle(),
          op.handle(),
          handle,
          Info.handle(mpi, info),
          made.address());
    }
    return made;
  }
}
