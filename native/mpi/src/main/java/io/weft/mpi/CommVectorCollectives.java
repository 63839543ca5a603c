package io.weft.mpi;

import io.weft.mpi.ffm.MpiLargeVectorCollectives;
import io.weft.mpi.ffm.MpiVectorCollectives;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/** The collectives of a {@link Comm} on blocks of unequal length (MPI-4.0 chapter 6). */
abstract class CommVectorCollectives extends CommCollectives {
  CommVectorCollectives(Mpi mpi, long handle) {
    super(mpi, handle);
  }

  /**
   * As {@link #allgatherv(MemorySegment, long, long, MemorySegment, long, BlockLayout, Datatype)}
   * where this rank's block is as long as the layout says.
   *
   * @param send native memory, or heap memory, which is copied
   * @param sendOffsetBytes where this rank's block starts
   * @param recv native memory, or heap memory, which is copied
   * @param recvOffsetBytes where the result goes
   * @param layout where each block goes
   * @param type the elements' type
   */
  public void allgatherv(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      BlockLayout layout,
      Datatype type) {
    layout.checkSize(size);
    allgatherv(send, sendOffsetBytes, layout.count(rank), recv, recvOffsetBytes, layout, type);
  }

  /**
   * {@code MPI_Gatherv}: the root gets a block of every rank, of unequal length. Collective;
   * blocks.
   *
   * @param send native memory, or heap memory, which is copied
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param count elements sent
   * @param recv native memory, or heap memory, which is copied
   * @param recvOffsetBytes where the result goes
   * @param layout where each block received goes
   * @param type their type
   * @param root which rank is the root; {@link #root} and {@link #procNull} in an inter-
   *     communicator
   */
  public void gatherv(
      MemorySegment send,
      long sendOffsetBytes,
      long count,
      MemorySegment recv,
      long recvOffsetBytes,
      BlockLayout layout,
      Datatype type,
      int root) {
    check();
    boolean here = isRoot(root);
    long from = sends(root) ? in(send, sendOffsetBytes, count, 1, type) : nothing();
    long to = here ? outLayout(recv, recvOffsetBytes, layout, peers, type) : 0;
    if (sends(root) && here) {
      Overlap.refuse(from, count, to, layout, type);
    }
    if ((here && layout.isLarge()) || count != (int) count) {
      MpiLargeVectorCollectives.gathervC(
          from,
          count,
          type.handle(),
          to,
          here ? layout.largeCounts() : 0,
          here ? layout.largeDisplacements() : 0,
          type.handle(),
          root,
          handle);
    } else {
      MpiVectorCollectives.gatherv(
          from,
          (int) count,
          type.handle(),
          to,
          here ? layout.counts() : 0,
          here ? layout.displacements() : 0,
          type.handle(),
          root,
          handle);
    }
    Reference.reachabilityFence(send);
    Reference.reachabilityFence(recv);
    if (here) {
      backLayout(recv, recvOffsetBytes, layout, type);
    }
  }

  /**
   * {@code MPI_Scatterv}: every rank gets its block of the root's, of unequal length. Collective;
   * blocks.
   *
   * @param send native memory, or heap memory, which is copied
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param layout where each block sent lies
   * @param recv native memory, or heap memory, which is copied
   * @param recvOffsetBytes where the result goes
   * @param count elements received
   * @param type their type
   * @param root which rank is the root; {@link #root} and {@link #procNull} in an inter-
   *     communicator
   */
  public void scatterv(
      MemorySegment send,
      long sendOffsetBytes,
      BlockLayout layout,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      int root) {
    check();
    boolean here = isRoot(root);
    long from = here ? inLayout(send, sendOffsetBytes, layout, peers, type) : 0;
    long to = sends(root) ? out(recv, recvOffsetBytes, count, 1, type) : nothing();
    if (here && sends(root)) {
      Overlap.refuse(from, layout, to, count, type);
    }
    if ((here && layout.isLarge()) || count != (int) count) {
      MpiLargeVectorCollectives.scattervC(
          from,
          here ? layout.largeCounts() : 0,
          here ? layout.largeDisplacements() : 0,
          type.handle(),
          to,
          count,
          type.handle(),
          root,
          handle);
    } else {
      MpiVectorCollectives.scatterv(
          from,
          here ? layout.counts() : 0,
          here ? layout.displacements() : 0,
          type.handle(),
          to,
          (int) count,
          type.handle(),
          root,
          handle);
    }
    Reference.reachabilityFence(send);
    Reference.reachabilityFence(recv);
    if (sends(root)) {
      back(recv, recvOffsetBytes, count, 1, type);
    }
  }

  /**
   * {@code MPI_Allgatherv}: every rank gets a block of every rank, of unequal length. Collective;
   * blocks.
   *
   * @param send native memory, or heap memory, which is copied
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param count elements sent
   * @param recv native memory, or heap memory, which is copied
   * @param recvOffsetBytes where the result goes
   * @param layout where each block received goes
   * @param type their type
   */
  public void allgatherv(
      MemorySegment send,
      long sendOffsetBytes,
      long count,
      MemorySegment recv,
      long recvOffsetBytes,
      BlockLayout layout,
      Datatype type) {
    check();
    long from = in(send, sendOffsetBytes, count, 1, type);
    long to = outLayout(recv, recvOffsetBytes, layout, peers, type);
    Overlap.refuse(from, count, to, layout, type);
    if (layout.isLarge() || count != (int) count) {
      MpiLargeVectorCollectives.allgathervC(
          from,
          count,
          type.handle(),
          to,
          layout.largeCounts(),
          layout.largeDisplacements(),
          type.handle(),
          handle);
    } else {
      MpiVectorCollectives.allgatherv(
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
   * {@code MPI_Alltoallv}: every rank gets a block of every rank that was made for it, of unequal
   * length. Collective; blocks.
   *
   * @param send native memory, or heap memory, which is copied
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param sendLayout where each block sent lies
   * @param recv native memory, or heap memory, which is copied
   * @param recvOffsetBytes where the result goes
   * @param recvLayout where each block received goes
   * @param type their type
   */
  public void alltoallv(
      MemorySegment send,
      long sendOffsetBytes,
      BlockLayout sendLayout,
      MemorySegment recv,
      long recvOffsetBytes,
      BlockLayout recvLayout,
      Datatype type) {
    check();
    long from = inLayout(send, sendOffsetBytes, sendLayout, peers, type);
    long to = outLayout(recv, recvOffsetBytes, recvLayout, peers, type);
    Overlap.refuse(from, sendLayout, to, recvLayout, type);
    if (sendLayout.isLarge() || recvLayout.isLarge()) {
      MpiLargeVectorCollectives.alltoallvC(
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
      MpiVectorCollectives.alltoallv(
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
   * {@code MPI_Alltoallw}: as {@link #alltoallv}, each block of a type of its own. Collective;
   * blocks.
   *
   * @param send native memory, or heap memory, which is copied
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param sendLayout where each block sent lies
   * @param recv native memory, or heap memory, which is copied
   * @param recvOffsetBytes where the result goes
   * @param recvLayout where each block received goes
   */
  public void alltoallw(
      MemorySegment send,
      long sendOffsetBytes,
      TypedBlockLayout sendLayout,
      MemorySegment recv,
      long recvOffsetBytes,
      TypedBlockLayout recvLayout) {
    check();
    long from = Buffers.typed(send, sendOffsetBytes, sendLayout, peers);
    long to = Buffers.targetTyped(recv, recvOffsetBytes, recvLayout, peers);
    Overlap.refuse(from, sendLayout, to, recvLayout);
    if (sendLayout.isLarge() || recvLayout.isLarge()) {
      MpiLargeVectorCollectives.alltoallwC(
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
      MpiVectorCollectives.alltoallw(
          from,
          sendLayout.counts(),
          sendLayout.displacements(),
          sendLayout.types(),
          to,
          recvLayout.counts(),
          recvLayout.displacements(),
          recvLayout.types(),
          handle);
    }
    Reference.reachabilityFence(send);
    Reference.reachabilityFence(recv);
  }

  /**
   * {@code MPI_Reduce_scatter}: every rank gets its block, of a length of its own, of the elements
   * of all ranks combined. Collective; blocks.
   *
   * @param send native memory, or heap memory, which is copied
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory, or heap memory, which is copied
   * @param recvOffsetBytes where the result goes
   * @param counts the length of each rank's block; displacements are not used
   * @param type their type
   * @param op how two elements are combined
   */
  public void reduceScatter(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      BlockLayout counts,
      Datatype type,
      Op op) {
    check();
    counts.checkSize(size);
    long from = in(send, sendOffsetBytes, counts.total(), 1, type);
    long to = out(recv, recvOffsetBytes, counts.count(rank), 1, type);
    Overlap.refuse(from, counts.total(), to, counts.count(rank), type);
    try {
      if (counts.isLarge()) {
        MpiLargeVectorCollectives.reduceScatterC(
            from, to, counts.largeCounts(), type.handle(), op.handle(), handle);
      } else {
        MpiVectorCollectives.reduceScatter(
            from, to, counts.counts(), type.handle(), op.handle(), handle);
      }
    } catch (RuntimeException | Error failure) {
      op.failed(failure);
      throw failure;
    }
    Reference.reachabilityFence(send);
    op.rethrow();
    back(recv, recvOffsetBytes, counts.count(rank), 1, type);
  }
}
