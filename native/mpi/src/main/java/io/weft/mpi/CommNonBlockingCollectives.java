package io.weft.mpi;

import io.weft.mpi.ffm.MpiNonBlockingCollectives;
import io.weft.mpi.ffm.MpiNonBlockingReductions;
import java.lang.foreign.MemorySegment;

/** The collectives of a {@link Comm} that do not block (MPI-4.0 section 6.12). */
abstract class CommNonBlockingCollectives extends CommVectorCollectives {
  CommNonBlockingCollectives(Mpi mpi, long handle) {
    super(mpi, handle);
  }

  /**
   * {@code MPI_Ibarrier}: complete when every rank has called it. Does not block.
   *
   * @param request an inactive request of this communicator
   */
  public void ibarrier(Request request) {
    check();
    request.starting(this);
    MpiNonBlockingCollectives.ibarrier(handle, request.address());
    request.started(null, null, null, null);
  }

  /**
   * {@code MPI_Ibcast}: the root's bytes reach every rank. Does not block; buffers and layouts must
   * not be touched until completion.
   *
   * @param buffer native memory; kept reachable by the request
   * @param offsetBytes where the elements start
   * @param count elements
   * @param type their type
   * @param root whose bytes; {@link #root} and {@link #procNull} in an inter-communicator
   * @param request an inactive request of this communicator
   */
  public void ibcast(
      MemorySegment buffer,
      long offsetBytes,
      long count,
      Datatype type,
      int root,
      Request request) {
    check();
    request.starting(this);
    long address =
        isRoot(root)
            ? Buffers.address(buffer, offsetBytes, count, type)
            : sends(root) ? Buffers.target(buffer, offsetBytes, count, type) : nothing();
    MpiNonBlockingCollectives.ibcast(
        address, count, type.handle(), root, handle, request.address());
    request.started(buffer, null, type, null);
  }

  /**
   * {@code MPI_Igather}: the root gets a block of every rank, in their order. Does not block;
   * buffers and layouts must not be touched until completion.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory; kept reachable by the request
   * @param recvOffsetBytes where the result goes
   * @param count elements of a block
   * @param type their type
   * @param root which rank is the root; {@link #root} and {@link #procNull} in an inter-
   *     communicator
   * @param request an inactive request of this communicator
   */
  public void igather(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      int root,
      Request request) {
    check();
    request.starting(this);
    boolean here = isRoot(root);
    long from = sends(root) ? Buffers.blocks(send, sendOffsetBytes, count, 1, type) : nothing();
    long to = here ? Buffers.targetBlocks(recv, recvOffsetBytes, count, peers, type) : 0;
    if (sends(root) && here) {
      Overlap.refuse(from, count, to, count * peers, type);
    }
    MpiNonBlockingCollectives.igather(
        from, count, type.handle(), to, count, type.handle(), root, handle, request.address());
    request.started(send, recv, type, null);
  }

  /**
   * {@code MPI_Iscatter}: every rank gets its block of the root's. Does not block; buffers and
   * layouts must not be touched until completion.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory; kept reachable by the request
   * @param recvOffsetBytes where the result goes
   * @param count elements of a block
   * @param type their type
   * @param root which rank is the root; {@link #root} and {@link #procNull} in an inter-
   *     communicator
   * @param request an inactive request of this communicator
   */
  public void iscatter(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      int root,
      Request request) {
    check();
    request.starting(this);
    boolean here = isRoot(root);
    long from = here ? Buffers.blocks(send, sendOffsetBytes, count, peers, type) : 0;
    long to = sends(root) ? Buffers.targetBlocks(recv, recvOffsetBytes, count, 1, type) : nothing();
    if (here && sends(root)) {
      Overlap.refuse(from, count * peers, to, count, type);
    }
    MpiNonBlockingCollectives.iscatter(
        from, count, type.handle(), to, count, type.handle(), root, handle, request.address());
    request.started(send, recv, type, null);
  }

  /**
   * {@code MPI_Iallgather}: every rank gets a block of every rank, in their order. Does not block;
   * buffers and layouts must not be touched until completion.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory; kept reachable by the request
   * @param recvOffsetBytes where the result goes
   * @param count elements of a block
   * @param type their type
   * @param request an inactive request of this communicator
   */
  public void iallgather(
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
    long to = Buffers.targetBlocks(recv, recvOffsetBytes, count, peers, type);
    Overlap.refuse(from, count, to, count * peers, type);
    MpiNonBlockingCollectives.iallgather(
        from, count, type.handle(), to, count, type.handle(), handle, request.address());
    request.started(send, recv, type, null);
  }

  /**
   * {@code MPI_Ialltoall}: every rank gets a block of every rank that was made for it. Does not
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
  public void ialltoall(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      Request request) {
    check();
    request.starting(this);
    long from = Buffers.blocks(send, sendOffsetBytes, count, peers, type);
    long to = Buffers.targetBlocks(recv, recvOffsetBytes, count, peers, type);
    Overlap.refuse(from, count * peers, to, count * peers, type);
    MpiNonBlockingCollectives.ialltoall(
        from, count, type.handle(), to, count, type.handle(), handle, request.address());
    request.started(send, recv, type, null);
  }

  /**
   * {@code MPI_Ireduce}: the root gets the elements of all ranks combined. Does not block; buffers
   * and layouts must not be touched until completion.
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
   * @param request an inactive request of this communicator
   */
  public void ireduce(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      Op op,
      int root,
      Request request) {
    check();
    request.starting(this);
    boolean here = isRoot(root);
    long from = sends(root) ? Buffers.blocks(send, sendOffsetBytes, count, 1, type) : nothing();
    long to = here ? Buffers.targetBlocks(recv, recvOffsetBytes, count, 1, type) : 0;
    if (sends(root) && here) {
      Overlap.refuseUnlessSame(from, to, count, type);
    }
    refuseInPlace(from, to);
    MpiNonBlockingReductions.ireduce(
        from, to, count, type.handle(), op.handle(), root, handle, request.address());
    request.started(send, recv, type, op);
  }

  /**
   * {@code MPI_Iallreduce}: every rank gets the elements of all ranks combined. Does not block;
   * buffers and layouts must not be touched until completion.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory; kept reachable by the request; the same region as {@code send} for a
   *     result in place
   * @param recvOffsetBytes where the result goes
   * @param count elements
   * @param type their type
   * @param op how two elements are combined
   * @param request an inactive request of this communicator
   */
  public void iallreduce(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      Op op,
      Request request) {
    check();
    request.starting(this);
    long from = Buffers.blocks(send, sendOffsetBytes, count, 1, type);
    long to = Buffers.targetBlocks(recv, recvOffsetBytes, count, 1, type);
    Overlap.refuseUnlessSame(from, to, count, type);
    MpiNonBlockingReductions.iallreduce(
        operands(from, to), to, count, type.handle(), op.handle(), handle, request.address());
    request.started(send, recv, type, op);
  }

  /**
   * {@code MPI_Ireduce_scatter_block}: every rank gets its block of the blocks of all ranks
   * combined. Does not block; buffers and layouts must not be touched until completion.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory; kept reachable by the request
   * @param recvOffsetBytes where the result goes
   * @param count elements
   * @param type their type
   * @param op how two elements are combined
   * @param request an inactive request of this communicator
   */
  public void ireduceScatterBlock(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      Op op,
      Request request) {
    check();
    request.starting(this);
    long from = Buffers.blocks(send, sendOffsetBytes, count, size, type);
    long to = Buffers.targetBlocks(recv, recvOffsetBytes, count, 1, type);
    Overlap.refuse(from, count * size, to, count, type);
    MpiNonBlockingReductions.ireduceScatterBlock(
        from, to, count, type.handle(), op.handle(), handle, request.address());
    request.started(send, recv, type, op);
  }

  /**
   * {@code MPI_Iscan}: every rank gets the elements of the ranks up to itself combined. Does not
   * block; buffers and layouts must not be touched until completion.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory; kept reachable by the request; the same region as {@code send} for a
   *     result in place
   * @param recvOffsetBytes where the result goes
   * @param count elements
   * @param type their type
   * @param op how two elements are combined
   * @param request an inactive request of this communicator
   */
  public void iscan(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      Op op,
      Request request) {
    check();
    request.starting(this);
    long from = Buffers.blocks(send, sendOffsetBytes, count, 1, type);
    long to = Buffers.targetBlocks(recv, recvOffsetBytes, count, 1, type);
    Overlap.refuseUnlessSame(from, to, count, type);
    MpiNonBlockingReductions.iscan(
        operands(from, to), to, count, type.handle(), op.handle(), handle, request.address());
    request.started(send, recv, type, op);
  }

  /**
   * {@code MPI_Iexscan}: every rank gets the elements of the ranks before it combined; rank 0's
   * result is not touched. Does not block; buffers and layouts must not be touched until
   * completion.
   *
   * @param send native memory; kept reachable by the request
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory; kept reachable by the request; the same region as {@code send} for a
   *     result in place
   * @param recvOffsetBytes where the result goes
   * @param count elements
   * @param type their type
   * @param op how two elements are combined
   * @param request an inactive request of this communicator
   */
  public void iexscan(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      Op op,
      Request request) {
    check();
    request.starting(this);
    long from = Buffers.blocks(send, sendOffsetBytes, count, 1, type);
    long to = Buffers.targetBlocks(recv, recvOffsetBytes, count, 1, type);
    Overlap.refuseUnlessSame(from, to, count, type);
    MpiNonBlockingReductions.iexscan(
        operands(from, to), to, count, type.handle(), op.handle(), handle, request.address());
    request.started(send, recv, type, op);
  }

  /** What C is to read: nothing of its own where results go to where the operands lie. */
  final long operands(long from, long to) {
    return from == to && from != 0 ? abi.inPlace() : from;
  }

  /** Of a reduction to a root; ranks that get no result give 0 as its place. */
  static void refuseInPlace(long from, long to) {
    if (from == to && from != 0) {
      throw new IllegalArgumentException(
          "send and recv are the same; a result in place is for reduce");
    }
  }
}
