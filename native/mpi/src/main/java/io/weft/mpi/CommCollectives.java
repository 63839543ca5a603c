package io.weft.mpi;

import io.weft.mpi.ffm.MpiCollectives;
import java.lang.foreign.MemorySegment;

/** The collectives of a {@link Comm} on blocks of equal length (MPI-4.0 chapter 6). */
abstract class CommCollectives extends CommCore {
  private MemorySegment staging = MemorySegment.NULL;

  CommCollectives(Mpi mpi, long handle) {
    super(mpi, handle);
  }

  /** {@code MPI_Barrier}: waits until every rank has called it. */
  public void barrier() {
    check();
    MpiCollectives.barrier(handle);
  }

  /**
   * {@code MPI_Bcast}: sends the root's elements to every rank.
   *
   * @param buffer native memory
   * @param offsetBytes where the elements lie
   * @param count how many
   * @param type their type
   * @param root whose elements
   */
  public void bcast(MemorySegment buffer, long offsetBytes, long count, Datatype type, int root) {
    check();
    long address =
        rank == root
            ? Buffers.address(buffer, offsetBytes, count, type)
            : Buffers.target(buffer, offsetBytes, count, type);
    MpiCollectives.bcast(address, (int) count, type.handle(), root, handle);
  }

  /**
   * {@code MPI_Reduce}: combines every rank's elements at the root; in place where the regions are
   * the same. With a library that cannot do that (MPICH 4.0), the root copies its elements first,
   * to a buffer that the first such call allocates.
   *
   * @param send native memory
   * @param sendOffsetBytes where this rank's elements start
   * @param recv native memory; used on the root alone, may be null elsewhere
   * @param recvOffsetBytes where the result goes
   * @param count elements
   * @param type their type
   * @param op how two become one
   * @param root who gets the result
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
    long from = Buffers.address(send, sendOffsetBytes, count, type);
    long to = 0;
    if (rank == root) {
      to = Buffers.target(recv, recvOffsetBytes, count, type);
      if (from == to) {
        from =
            abi.reducesInPlace()
                ? abi.inPlace()
                : staged(send, sendOffsetBytes, count * type.sizeBytes());
      }
    }
    MpiCollectives.reduce(from, to, (int) count, type.handle(), op.handle(), root, handle);
  }

  /**
   * {@code MPI_Allreduce}: combines every rank's elements at every rank; in place where the regions
   * are the same.
   *
   * @param send native memory
   * @param sendOffsetBytes where this rank's elements start
   * @param recv native memory
   * @param recvOffsetBytes where the result goes
   * @param count elements
   * @param type their type
   * @param op how two become one
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
    long from = Buffers.address(send, sendOffsetBytes, count, type);
    long to = Buffers.target(recv, recvOffsetBytes, count, type);
    MpiCollectives.allreduce(
        from == to ? abi.inPlace() : from, to, (int) count, type.handle(), op.handle(), handle);
  }

  /**
   * {@code MPI_Allgather}: collects a block of every rank at every rank.
   *
   * @param send native memory, {@code count} elements
   * @param sendOffsetBytes where this rank's block starts
   * @param recv native memory, {@code size() * count} elements
   * @param recvOffsetBytes where the block of rank 0 goes
   * @param count elements of one block
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
    long from = Buffers.address(send, sendOffsetBytes, count, type);
    long to = Buffers.targetBlocks(recv, recvOffsetBytes, count, size, type);
    MpiCollectives.allgather(
        from, (int) count, type.handle(), to, (int) count, type.handle(), handle);
  }

  /**
   * {@code MPI_Alltoall}: sends block j of rank i to block i of rank j.
   *
   * @param send native memory, {@code size() * count} elements
   * @param sendOffsetBytes where the block for rank 0 starts
   * @param recv native memory, {@code size() * count} elements
   * @param recvOffsetBytes where the block from rank 0 goes
   * @param count elements of one block
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
    long from = Buffers.blocks(send, sendOffsetBytes, count, size, type);
    long to = Buffers.targetBlocks(recv, recvOffsetBytes, count, size, type);
    MpiCollectives.alltoall(
        from, (int) count, type.handle(), to, (int) count, type.handle(), handle);
  }

  /**
   * {@code MPI_Gather}: collects a block of every rank at the root.
   *
   * @param send native memory, {@code count} elements
   * @param sendOffsetBytes where this rank's block starts
   * @param recv native memory, {@code size() * count} elements; used on the root alone, may be null
   *     elsewhere
   * @param recvOffsetBytes where the block of rank 0 goes
   * @param count elements of one block
   * @param type their type
   * @param root who gets them
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
    int n = Buffers.count(count);
    long from = Buffers.address(send, sendOffsetBytes, count, type);
    long to = rank == root ? Buffers.targetBlocks(recv, recvOffsetBytes, count, size, type) : 0;
    MpiCollectives.gather(from, n, type.handle(), to, n, type.handle(), root, handle);
  }

  /**
   * {@code MPI_Scatter}: gives block i of the root to rank i.
   *
   * @param send native memory, {@code size() * count} elements; used on the root alone, may be null
   *     elsewhere
   * @param sendOffsetBytes where the block for rank 0 starts
   * @param recv native memory, {@code count} elements
   * @param recvOffsetBytes where this rank's block goes
   * @param count elements of one block
   * @param type their type
   * @param root whose blocks go out
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
    int n = Buffers.count(count);
    long to = Buffers.target(recv, recvOffsetBytes, count, type);
    long from = rank == root ? Buffers.blocks(send, sendOffsetBytes, count, size, type) : 0;
    MpiCollectives.scatter(from, n, type.handle(), to, n, type.handle(), root, handle);
  }

  /**
   * {@code MPI_Reduce_scatter_block}: combines {@code size() * count} elements of every rank and
   * gives block i of the result to rank i.
   *
   * @param send native memory, {@code size() * count} elements
   * @param sendOffsetBytes where they start
   * @param recv native memory, {@code count} elements
   * @param recvOffsetBytes where this rank's block goes
   * @param count elements of one block
   * @param type their type
   * @param op how two become one
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
    long from = Buffers.blocks(send, sendOffsetBytes, count, size, type);
    long to = Buffers.target(recv, recvOffsetBytes, count, type);
    MpiCollectives.reduceScatterBlock(from, to, (int) count, type.handle(), op.handle(), handle);
  }

  /**
   * {@code MPI_Scan}: combines the elements of ranks 0 to this one at each rank; in place where the
   * regions are the same.
   *
   * @param send native memory
   * @param sendOffsetBytes where this rank's elements start
   * @param recv native memory
   * @param recvOffsetBytes where the result goes
   * @param count elements
   * @param type their type
   * @param op how two become one
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
    long from = Buffers.address(send, sendOffsetBytes, count, type);
    long to = Buffers.target(recv, recvOffsetBytes, count, type);
    MpiCollectives.scan(
        from == to ? abi.inPlace() : from, to, (int) count, type.handle(), op.handle(), handle);
  }

  /** The address of a copy of the bytes, in a buffer that is kept and grows by doubling. */
  private long staged(MemorySegment buffer, long offsetBytes, long lengthBytes) {
    if (staging.byteSize() < lengthBytes) {
      staging = mpi.allocate(Math.max(lengthBytes, 2 * staging.byteSize()));
    }
    MemorySegment.copy(buffer, offsetBytes, staging, 0, lengthBytes);
    return staging.address();
  }
}
