package io.weft.mpi;

import io.weft.mpi.ffm.MpiCollectives;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/** The collectives of a {@link Comm} on blocks of equal length (MPI-4.0 chapter 6). */
abstract class CommCollectives extends CommStarts {
  CommCollectives(Mpi mpi, long handle) {
    super(mpi, handle);
  }

  /** {@code MPI_Barrier}: waits until every rank has called it. */
  public void barrier() {
    check();
    MpiCollectives.barrier(handle);
  }

  /**
   * {@code MPI_Bcast}: the root's bytes reach every rank. Collective; blocks.
   *
   * @param buffer native memory, or heap memory, which is copied
   * @param offsetBytes where the elements start
   * @param count elements
   * @param type their type
   * @param root whose bytes; {@link #root} and {@link #procNull} in an inter-communicator
   */
  public void bcast(MemorySegment buffer, long offsetBytes, long count, Datatype type, int root) {
    check();
    boolean here = isRoot(root);
    long address =
        here
            ? in(buffer, offsetBytes, count, 1, type)
            : sends(root) ? outWhole(buffer, offsetBytes, count, 1, type) : nothing();
    MpiCollectives.bcast(address, count, type.handle(), root, handle);
    Reference.reachabilityFence(buffer);
    if (!here && sends(root)) {
      back(buffer, offsetBytes, count, 1, type);
    }
  }

  /**
   * {@code MPI_Gather}: the root gets a block of every rank, in their order. Collective; blocks.
   *
   * @param send native memory, or heap memory, which is copied
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory, or heap memory, which is copied
   * @param recvOffsetBytes where the result goes
   * @param count elements of a block
   * @param type their type
   * @param root which rank is the root; {@link #root} and {@link #procNull} in an inter-
   *     communicator
   */
  public void gather(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      int root) {
    check();
    boolean here = isRoot(root);
    long from = sends(root) ? in(send, sendOffsetBytes, count, 1, type) : nothing();
    long to = here ? outWhole(recv, recvOffsetBytes, count, peers, type) : 0;
    if (sends(root) && here) {
      Overlap.refuse(from, count, to, count * peers, type);
    }
    MpiCollectives.gather(from, count, type.handle(), to, count, type.handle(), root, handle);
    Reference.reachabilityFence(send);
    Reference.reachabilityFence(recv);
    if (here) {
      back(recv, recvOffsetBytes, count, peers, type);
    }
  }

  /**
   * {@code MPI_Scatter}: every rank gets its block of the root's. Collective; blocks.
   *
   * @param send native memory, or heap memory, which is copied
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory, or heap memory, which is copied
   * @param recvOffsetBytes where the result goes
   * @param count elements of a block
   * @param type their type
   * @param root which rank is the root; {@link #root} and {@link #procNull} in an inter-
   *     communicator
   */
  public void scatter(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      int root) {
    check();
    boolean here = isRoot(root);
    long from = here ? in(send, sendOffsetBytes, count, peers, type) : 0;
    long to = sends(root) ? outWhole(recv, recvOffsetBytes, count, 1, type) : nothing();
    if (here && sends(root)) {
      Overlap.refuse(from, count * peers, to, count, type);
    }
    MpiCollectives.scatter(from, count, type.handle(), to, count, type.handle(), root, handle);
    Reference.reachabilityFence(send);
    Reference.reachabilityFence(recv);
    if (sends(root)) {
      back(recv, recvOffsetBytes, count, 1, type);
    }
  }

  /**
   * {@code MPI_Allgather}: every rank gets a block of every rank, in their order. Collective;
   * blocks.
   *
   * @param send native memory, or heap memory, which is copied
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory, or heap memory, which is copied
   * @param recvOffsetBytes where the result goes
   * @param count elements of a block
   * @param type their type
   */
  public void allgather(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type) {
    check();
    long from = in(send, sendOffsetBytes, count, 1, type);
    long to = outWhole(recv, recvOffsetBytes, count, peers, type);
    Overlap.refuse(from, count, to, count * peers, type);
    MpiCollectives.allgather(from, count, type.handle(), to, count, type.handle(), handle);
    Reference.reachabilityFence(send);
    back(recv, recvOffsetBytes, count, peers, type);
  }

  /**
   * {@code MPI_Alltoall}: every rank gets a block of every rank that was made for it. Collective;
   * blocks.
   *
   * @param send native memory, or heap memory, which is copied
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory, or heap memory, which is copied
   * @param recvOffsetBytes where the result goes
   * @param count elements of a block
   * @param type their type
   */
  public void alltoall(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type) {
    check();
    long from = in(send, sendOffsetBytes, count, peers, type);
    long to = outWhole(recv, recvOffsetBytes, count, peers, type);
    Overlap.refuse(from, count * peers, to, count * peers, type);
    MpiCollectives.alltoall(from, count, type.handle(), to, count, type.handle(), handle);
    Reference.reachabilityFence(send);
    back(recv, recvOffsetBytes, count, peers, type);
  }

  /**
   * {@code MPI_Reduce}: the root gets the elements of all ranks combined. Collective; blocks.
   *
   * @param send native memory, or heap memory, which is copied
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory, or heap memory, which is copied; the same region as {@code send} for
   *     a result in place
   * @param recvOffsetBytes where the result goes
   * @param count elements
   * @param type their type
   * @param op how two elements are combined
   * @param root which rank is the root; {@link #root} and {@link #procNull} in an inter-
   *     communicator
   */
  public void reduce(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      Op op,
      int root) {
    check();
    boolean here = isRoot(root);
    long from = sends(root) ? in(send, sendOffsetBytes, count, 1, type) : nothing();
    long to = here ? outWhole(recv, recvOffsetBytes, count, 1, type) : 0;
    if (sends(root) && here) {
      Overlap.refuseUnlessSame(from, to, count, type);
    }
    if (here && from == to && from != 0) {
      from = abi.reducesInPlace() ? abi.inPlace() : staged(send, sendOffsetBytes, count, type);
    }
    try {
      MpiCollectives.reduce(from, to, count, type.handle(), op.handle(), root, handle);
    } catch (RuntimeException | Error failure) {
      op.failed(failure);
      throw failure;
    }
    Reference.reachabilityFence(send);
    Reference.reachabilityFence(recv);
    op.rethrow();
    if (here) {
      back(recv, recvOffsetBytes, count, 1, type);
    }
  }

  /**
   * {@code MPI_Allreduce}: every rank gets the elements of all ranks combined. Collective; blocks.
   *
   * @param send native memory, or heap memory, which is copied
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory, or heap memory, which is copied; the same region as {@code send} for
   *     a result in place
   * @param recvOffsetBytes where the result goes
   * @param count elements
   * @param type their type
   * @param op how two elements are combined
   */
  public void allreduce(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      Op op) {
    check();
    long from = in(send, sendOffsetBytes, count, 1, type);
    long to = outWhole(recv, recvOffsetBytes, count, 1, type);
    Overlap.refuseUnlessSame(from, to, count, type);
    if (from == to && from != 0) {
      from = abi.inPlace();
    }
    try {
      MpiCollectives.allreduce(from, to, count, type.handle(), op.handle(), handle);
    } catch (RuntimeException | Error failure) {
      op.failed(failure);
      throw failure;
    }
    Reference.reachabilityFence(send);
    op.rethrow();
    back(recv, recvOffsetBytes, count, 1, type);
  }

  /**
   * {@code MPI_Reduce_scatter_block}: every rank gets its block of the blocks of all ranks
   * combined. Collective; blocks.
   *
   * @param send native memory, or heap memory, which is copied
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory, or heap memory, which is copied
   * @param recvOffsetBytes where the result goes
   * @param count elements
   * @param type their type
   * @param op how two elements are combined
   */
  public void reduceScatterBlock(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      Op op) {
    check();
    long from = in(send, sendOffsetBytes, count, size, type);
    long to = outWhole(recv, recvOffsetBytes, count, 1, type);
    Overlap.refuse(from, count * size, to, count, type);
    try {
      MpiCollectives.reduceScatterBlock(from, to, count, type.handle(), op.handle(), handle);
    } catch (RuntimeException | Error failure) {
      op.failed(failure);
      throw failure;
    }
    Reference.reachabilityFence(send);
    op.rethrow();
    back(recv, recvOffsetBytes, count, 1, type);
  }

  /**
   * {@code MPI_Scan}: every rank gets the elements of the ranks up to itself combined. Collective;
   * blocks.
   *
   * @param send native memory, or heap memory, which is copied
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory, or heap memory, which is copied; the same region as {@code send} for
   *     a result in place
   * @param recvOffsetBytes where the result goes
   * @param count elements
   * @param type their type
   * @param op how two elements are combined
   */
  public void scan(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      Op op) {
    check();
    long from = in(send, sendOffsetBytes, count, 1, type);
    long to = outWhole(recv, recvOffsetBytes, count, 1, type);
    Overlap.refuseUnlessSame(from, to, count, type);
    if (from == to && from != 0) {
      from = abi.inPlace();
    }
    try {
      MpiCollectives.scan(from, to, count, type.handle(), op.handle(), handle);
    } catch (RuntimeException | Error failure) {
      op.failed(failure);
      throw failure;
    }
    Reference.reachabilityFence(send);
    op.rethrow();
    back(recv, recvOffsetBytes, count, 1, type);
  }

  /**
   * {@code MPI_Exscan}: every rank gets the elements of the ranks before it combined; rank 0's
   * result is not touched. Collective; blocks.
   *
   * @param send native memory, or heap memory, which is copied
   * @param sendOffsetBytes where the elements or blocks sent start
   * @param recv native memory, or heap memory, which is copied; the same region as {@code send} for
   *     a result in place
   * @param recvOffsetBytes where the result goes
   * @param count elements
   * @param type their type
   * @param op how two elements are combined
   */
  public void exscan(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      Op op) {
    check();
    long from = in(send, sendOffsetBytes, count, 1, type);
    long to = out(recv, recvOffsetBytes, count, 1, type);
    Overlap.refuseUnlessSame(from, to, count, type);
    if (from == to && from != 0) {
      from = abi.inPlace();
    }
    try {
      MpiCollectives.exscan(from, to, count, type.handle(), op.handle(), handle);
    } catch (RuntimeException | Error failure) {
      op.failed(failure);
      throw failure;
    }
    Reference.reachabilityFence(send);
    op.rethrow();
    back(recv, recvOffsetBytes, count, 1, type);
  }
}
