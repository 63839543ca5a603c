package io.weft.mpi;

import io.weft.mpi.ffm.MpiNonBlockingLargeVectorCollectives;
import io.weft.mpi.ffm.MpiNonBlockingVectorCollectives;
import java.lang.foreign.MemorySegment;

/**
 * The collectives of a {@link Comm} on blocks of unequal length that do not block (MPI-4.0 section
 * 6.12).
 */
abstract class CommNonBlockingVectorCollectives extends CommNonBlockingCollectives {
  CommNonBlockingVectorCollectives(Mpi mpi, long handle) {
    super(mpi, handle);
  }

  /**
   * {@code MPI_Igatherv}: the root gets a block of every rank, of unequal length. Does not block;
   * buffers and layouts must not be touched until completion.
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
   * @param request an inactive request of this communicator
   */
  public void igatherv(
      MemorySegment send,
      long sendOffsetBytes,
      long count,
      MemorySegment recv,
      long recvOffsetBytes,
      BlockLayout layout,
      Datatype type,
      int root,
      Request request) {
    check();
    request.starting(this);
    boolean here = isRoot(root);
    long from = sends(root) ? Buffers.blocks(send, sendOffsetBytes, count, 1, type) : nothing();
    long to = here ? Buffers.targetLayout(recv, recvOffsetBytes, layout, peers, type) : 0;
    if (sends(root) && here) {
      Overlap.refuse(from, count, to, layout, type);
    }
    if ((here && layout.isLarge()) || count != (int) count) {
      MpiNonBlockingLargeVectorCollectives.igathervC(
          from,
          count,
          type.handle(),
          to,
          here ? layout.largeCounts() : 0,
          here ? layout.largeDisplacements() : 0,
          type.handle(),
          root,
          handle,
          request.address());
    } else {
      MpiNonBlockingVectorCollectives.igatherv(
          from,
          (int) count,
          type.handle(),
          to,
          here ? layout.counts() : 0,
          here ? layout.displacements() : 0,
          type.handle(),
          root,
          handle,
          request.address());
    }
    request.started(send, recv, type, null);
    request.holds(layout, null);
  }

  /**
   * {@code MPI_Iscatterv}: every rank gets its block of the root's, of unequal length. Does not
   * block; buffers and layouts must not be touched until completion.
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
   * @param request an inactive request of this communicator
   */
  public void iscatterv(
      MemorySegment send,
      long sendOffsetBytes,
      BlockLayout layout,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      int root,
      Request request) {
    check();
    request.starting(this);
    boolean here = isRoot(root);
    long from = here ? Buffers.layout(send, sendOffsetBytes, layout, peers, type) : 0;
    long to = sends(root) ? Buffers.targetBlocks(recv, recvOffsetBytes, count, 1, type) : nothing();
    if (here && sends(root)) {
      Overlap.refuse(from, layout, to, count, type);
    }
    if ((here && layout.isLarge()) || count != (int) count) {
      MpiNonBlockingLargeVectorCollectives.iscattervC(
          from,
          here ? layout.largeCounts() : 0,
          here ? layout.largeDisplacements() : 0,
          type.handle(),
          to,
          count,
          type.handle(),
          root,
          handle,
          request.address());
    } else {
      MpiNonBlockingVectorCollectives.iscatterv(
          from,
          here ? layout.counts() : 0,
          here ? layout.displacements() : 0,
          type.handle(),
          to,
          (int) count,
          type.handle(),
          root,
          handle,
          request.address());
    }
    request.started(send, recv, type, null);
    request.holds(layout, null);
  }

  /**
   * {@code MPI_Iallgatherv}: every rank gets a block of every rank, of unequal length. Does not
   * block; buffers and layouts must not be touched until completion.
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
  public void iallgatherv(
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
    long to = Buffers.targetLayout(recv, recvOffsetBytes, layout, peers, type);
    Overlap.refuse(from, count, to, layout, type);
    if (layout.isLarge() || count != (int) count) {
      MpiNonBlockingLargeVectorCollectives.iallgathervC(
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
      MpiNonBlockingVectorCollectives.iallgatherv(
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
   * {@code MPI_Ialltoallv}: every rank gets a block of every rank that was made for it, of unequal
   * length. Does not block; buffers and layouts must not be touched until completion.
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
  public void ialltoallv(
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
    long from = Buffers.layout(send, sendOffsetBytes, sendLayout, peers, type);
    long to = Buffers.targetLayout(recv, recvOffsetBytes, recvLayout, peers, type);
    Overlap.refuse(from, sendLayout, to, recvLayout, type);
    if (sendLayout.isLarge() || recvLayout.isLarge()) {
      MpiNonBlockingLargeVectorCollectives.ialltoallvC(
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
      MpiNonBlockingVectorCollectives.ialltoallv(
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
   * {@code MPI_Ialltoallw}: as {@link #alltoallv}, each block of a type of its own. Does not block;
   * buffers and layouts must not be touched until completion.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param sendLayout where each block sent lies
   * @param recv native memory; kept reachable by the request
   * @param recvOffsetBytes where the result goes
   * @param recvLayout where each block received goes
   * @param request an inactive request of this communicator
   */
  public void ialltoallw(
      MemorySegment send,
      long sendOffsetBytes,
      TypedBlockLayout sendLayout,
      MemorySegment recv,
      long recvOffsetBytes,
      TypedBlockLayout recvLayout,
      Request request) {
    check();
    request.starting(this);
    long from = Buffers.typed(send, sendOffsetBytes, sendLayout, peers);
    long to = Buffers.targetTyped(recv, recvOffsetBytes, recvLayout, peers);
    Overlap.refuse(from, sendLayout, to, recvLayout);
    if (sendLayout.isLarge() || recvLayout.isLarge()) {
      MpiNonBlockingLargeVectorCollectives.ialltoallwC(
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
      MpiNonBlockingVectorCollectives.ialltoallw(
          from,
          sendLayout.counts(),
          sendLayout.displacements(),
          sendLayout.types(),
          to,
          recvLayout.counts(),
          recvLayout.displacements(),
          recvLayout.types(),
          handle,
          request.address());
    }
    request.started(send, recv, sendLayout, recvLayout);
  }

  /**
   * {@code MPI_Ireduce_scatter}: every rank gets its block, of a length of its own, of the elements
   * of all ranks combined. Does not block; buffers and layouts must not be touched until
   * completion.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory; kept reachable by the request
   * @param recvOffsetBytes where the result goes
   * @param counts the length of each rank's block; displacements are not used
   * @param type their type
   * @param op how two elements are combined
   * @param request an inactive request of this communicator
   */
  public void ireduceScatter(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      BlockLayout counts,
      Datatype type,
      Op op,
      Request request) {
    check();
    request.starting(this);
    counts.checkSize(size);
    long from = Buffers.blocks(send, sendOffsetBytes, counts.total(), 1, type);
    long to = Buffers.targetBlocks(recv, recvOffsetBytes, counts.count(rank), 1, type);
    Overlap.refuse(from, counts.total(), to, counts.count(rank), type);
    if (counts.isLarge()) {
      MpiNonBlockingLargeVectorCollectives.ireduceScatterC(
          from, to, counts.largeCounts(), type.handle(), op.handle(), handle, request.address());
    } else {
      MpiNonBlockingVectorCollectives.ireduceScatter(
          from, to, counts.counts(), type.handle(), op.handle(), handle, request.address());
    }
    request.started(send, recv, type, op);
    request.holds(counts, null);
  }
}
