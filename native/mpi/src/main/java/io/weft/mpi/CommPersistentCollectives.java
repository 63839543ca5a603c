package io.weft.mpi;

import io.weft.mpi.ffm.MpiPersistentCollectives;
import io.weft.mpi.ffm.MpiPersistentReductions;
import java.lang.foreign.MemorySegment;

/**
 * The collectives of a {@link Comm} that are made once and started again and again (MPI-4.0 section
 * 6.13), by {@link PersistentRequest#start} on all ranks, in the same order. With a library that
 * has none, as Open MPI 4.1, is {@link UnsupportedOperationException}.
 */
abstract class CommPersistentCollectives extends CommNonBlockingNeighborCollectives {
  CommPersistentCollectives(Mpi mpi, long handle) {
    super(mpi, handle);
  }

  /**
   * {@code MPI_Barrier_init}: complete when every rank has called it. Collective.
   *
   * @param info hints; may be null
   * @return an inactive request, to be closed
   */
  public PersistentRequest barrierInit(Info info) {
    check();
    PersistentRequest made = new PersistentRequest(self(), null, null);
    MpiPersistentCollectives.barrierInit(handle, Info.handle(mpi, info), made.address());
    return made;
  }

  /**
   * {@code MPI_Bcast_init}: the root's bytes reach every rank. Collective; buffers and layouts must
   * not be touched while the request is active, nor layouts changed before it closes.
   *
   * @param buffer native memory; kept reachable by the request
   * @param offsetBytes where the elements start
   * @param count elements
   * @param type their type
   * @param root whose bytes; {@link #root} and {@link #procNull} in an inter-communicator
   * @param info hints; may be null
   * @return an inactive request, to be closed
   */
  public PersistentRequest bcastInit(
      MemorySegment buffer, long offsetBytes, long count, Datatype type, int root, Info info) {
    check();
    long address =
        isRoot(root)
            ? Buffers.address(buffer, offsetBytes, count, type)
            : sends(root) ? Buffers.target(buffer, offsetBytes, count, type) : nothing();
    PersistentRequest made = new PersistentRequest(self(), buffer, null, type);
    MpiPersistentCollectives.bcastInit(
        address, count, type.handle(), root, handle, Info.handle(mpi, info), made.address());
    return made;
  }

  /**
   * {@code MPI_Gather_init}: the root gets a block of every rank, in their order. Collective;
   * buffers and layouts must not be touched while the request is active, nor layouts changed before
   * it closes.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory; kept reachable by the request
   * @param recvOffsetBytes where the result goes
   * @param count elements of a block
   * @param type their type
   * @param root which rank is the root; {@link #root} and {@link #procNull} in an inter-
   *     communicator
   * @param info hints; may be null
   * @return an inactive request, to be closed
   */
  public PersistentRequest gatherInit(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      int root,
      Info info) {
    check();
    boolean here = isRoot(root);
    long from = sends(root) ? Buffers.blocks(send, sendOffsetBytes, count, 1, type) : nothing();
    long to = here ? Buffers.targetBlocks(recv, recvOffsetBytes, count, peers, type) : 0;
    if (sends(root) && here) {
      Overlap.refuse(from, count, to, count * peers, type);
    }
    PersistentRequest made = new PersistentRequest(self(), send, recv, type);
    MpiPersistentCollectives.gatherInit(
        from,
        count,
        type.handle(),
        to,
        count,
        type.handle(),
        root,
        handle,
        Info.handle(mpi, info),
        made.address());
    return made;
  }

  /**
   * {@code MPI_Scatter_init}: every rank gets its block of the root's. Collective; buffers and
   * layouts must not be touched while the request is active, nor layouts changed before it closes.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory; kept reachable by the request
   * @param recvOffsetBytes where the result goes
   * @param count elements of a block
   * @param type their type
   * @param root which rank is the root; {@link #root} and {@link #procNull} in an inter-
   *     communicator
   * @param info hints; may be null
   * @return an inactive request, to be closed
   */
  public PersistentRequest scatterInit(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      int root,
      Info info) {
    check();
    boolean here = isRoot(root);
    long from = here ? Buffers.blocks(send, sendOffsetBytes, count, peers, type) : 0;
    long to = sends(root) ? Buffers.targetBlocks(recv, recvOffsetBytes, count, 1, type) : nothing();
    if (here && sends(root)) {
      Overlap.refuse(from, count * peers, to, count, type);
    }
    PersistentRequest made = new PersistentRequest(self(), send, recv, type);
    MpiPersistentCollectives.scatterInit(
        from,
        count,
        type.handle(),
        to,
        count,
        type.handle(),
        root,
        handle,
        Info.handle(mpi, info),
        made.address());
    return made;
  }

  /**
   * {@code MPI_Allgather_init}: every rank gets a block of every rank, in their order. Collective;
   * buffers and layouts must not be touched while the request is active, nor layouts changed before
   * it closes.
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
  public PersistentRequest allgatherInit(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      Info info) {
    check();
    long from = Buffers.blocks(send, sendOffsetBytes, count, 1, type);
    long to = Buffers.targetBlocks(recv, recvOffsetBytes, count, peers, type);
    Overlap.refuse(from, count, to, count * peers, type);
    PersistentRequest made = new PersistentRequest(self(), send, recv, type);
    MpiPersistentCollectives.allgatherInit(
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
   * {@code MPI_Alltoall_init}: every rank gets a block of every rank that was made for it.
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
  public PersistentRequest alltoallInit(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      Info info) {
    check();
    long from = Buffers.blocks(send, sendOffsetBytes, count, peers, type);
    long to = Buffers.targetBlocks(recv, recvOffsetBytes, count, peers, type);
    Overlap.refuse(from, count * peers, to, count * peers, type);
    PersistentRequest made = new PersistentRequest(self(), send, recv, type);
    MpiPersistentCollectives.alltoallInit(
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
   * {@code MPI_Reduce_init}: the root gets the elements of all ranks combined. Collective; buffers
   * and layouts must not be touched while the request is active, nor layouts changed before it
   * closes.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory; kept reachable by the request
   * @param recvOffsetBytes where the result goes
   * @param count elements
   * @param type their type
   * @param op how two elements are combined
   * @param root which rank is the root; {@link #root} and {@link #procNull} in an inter-
   *     communicator
   * @param info hints; may be null
   * @return an inactive request, to be closed
   */
  public PersistentRequest reduceInit(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      Op op,
      int root,
      Info info) {
    check();
    boolean here = isRoot(root);
    long from = sends(root) ? Buffers.blocks(send, sendOffsetBytes, count, 1, type) : nothing();
    long to = here ? Buffers.targetBlocks(recv, recvOffsetBytes, count, 1, type) : 0;
    if (sends(root) && here) {
      Overlap.refuseUnlessSame(from, to, count, type);
    }
    refuseInPlace(from, to);
    PersistentRequest made = new PersistentRequest(self(), send, recv, type, op);
    MpiPersistentReductions.reduceInit(
        from,
        to,
        count,
        type.handle(),
        op.handle(),
        root,
        handle,
        Info.handle(mpi, info),
        made.address());
    return made;
  }

  /**
   * {@code MPI_Allreduce_init}: every rank gets the elements of all ranks combined. Collective;
   * buffers and layouts must not be touched while the request is active, nor layouts changed before
   * it closes.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory; kept reachable by the request; the same region as {@code send} for a
   *     result in place
   * @param recvOffsetBytes where the result goes
   * @param count elements
   * @param type their type
   * @param op how two elements are combined
   * @param info hints; may be null
   * @return an inactive request, to be closed
   */
  public PersistentRequest allreduceInit(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      Op op,
      Info info) {
    check();
    long from = Buffers.blocks(send, sendOffsetBytes, count, 1, type);
    long to = Buffers.targetBlocks(recv, recvOffsetBytes, count, 1, type);
    Overlap.refuseUnlessSame(from, to, count, type);
    PersistentRequest made = new PersistentRequest(self(), send, recv, type, op);
    MpiPersistentReductions.allreduceInit(
        operands(from, to),
        to,
        count,
        type.handle(),
        op.handle(),
        handle,
        Info.handle(mpi, info),
        made.address());
    return made;
  }

  /**
   * {@code MPI_Reduce_scatter_block_init}: every rank gets its block of the blocks of all ranks
   * combined. Collective; buffers and layouts must not be touched while the request is active, nor
   * layouts changed before it closes.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory; kept reachable by the request
   * @param recvOffsetBytes where the result goes
   * @param count elements
   * @param type their type
   * @param op how two elements are combined
   * @param info hints; may be null
   * @return an inactive request, to be closed
   */
  public PersistentRequest reduceScatterBlockInit(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      Op op,
      Info info) {
    check();
    long from = Buffers.blocks(send, sendOffsetBytes, count, size, type);
    long to = Buffers.targetBlocks(recv, recvOffsetBytes, count, 1, type);
    Overlap.refuse(from, count * size, to, count, type);
    PersistentRequest made = new PersistentRequest(self(), send, recv, type, op);
    MpiPersistentReductions.reduceScatterBlockInit(
        from,
        to,
        count,
        type.handle(),
        op.handle(),
        handle,
        Info.handle(mpi, info),
        made.address());
    return made;
  }

  /**
   * {@code MPI_Scan_init}: every rank gets the elements of the ranks up to itself combined.
   * Collective; buffers and layouts must not be touched while the request is active, nor layouts
   * changed before it closes.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory; kept reachable by the request; the same region as {@code send} for a
   *     result in place
   * @param recvOffsetBytes where the result goes
   * @param count elements
   * @param type their type
   * @param op how two elements are combined
   * @param info hints; may be null
   * @return an inactive request, to be closed
   */
  public PersistentRequest scanInit(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      Op op,
      Info info) {
    check();
    long from = Buffers.blocks(send, sendOffsetBytes, count, 1, type);
    long to = Buffers.targetBlocks(recv, recvOffsetBytes, count, 1, type);
    Overlap.refuseUnlessSame(from, to, count, type);
    PersistentRequest made = new PersistentRequest(self(), send, recv, type, op);
    MpiPersistentReductions.scanInit(
        operands(from, to),
        to,
        count,
        type.handle(),
        op.handle(),
        handle,
        Info.handle(mpi, info),
        made.address());
    return made;
  }

  /**
   * {@code MPI_Exscan_init}: every rank gets the elements of the ranks before it combined; rank 0's
   * result is not touched. Collective; buffers and layouts must not be touched while the request is
   * active, nor layouts changed before it closes.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory; kept reachable by the request; the same region as {@code send} for a
   *     result in place
   * @param recvOffsetBytes where the result goes
   * @param count elements
   * @param type their type
   * @param op how two elements are combined
   * @param info hints; may be null
   * @return an inactive request, to be closed
   */
  public PersistentRequest exscanInit(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      Op op,
      Info info) {
    check();
    long from = Buffers.blocks(send, sendOffsetBytes, count, 1, type);
    long to = Buffers.targetBlocks(recv, recvOffsetBytes, count, 1, type);
    Overlap.refuseUnlessSame(from, to, count, type);
    PersistentRequest made = new PersistentRequest(self(), send, recv, type, op);
    MpiPersistentReductions.exscanInit(
        operands(from, to),
        to,
        count,
        type.handle(),
        op.handle(),
        handle,
        Info.handle(mpi, info),
        made.address());
    return made;
  }
}
