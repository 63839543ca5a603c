package io.weft.mpi;

import io.weft.mpi.ffm.MpiVectorCollectives;
import java.lang.foreign.MemorySegment;

/** The collectives of a {@link Comm} on blocks of unequal length (MPI-4.0 chapter 6). */
abstract class CommVectorCollectives extends CommCollectives {
  CommVectorCollectives(Mpi mpi, long handle) {
    super(mpi, handle);
  }

  /**
   * Makes a layout with a block for each rank, to be used again and again.
   *
   * @return a layout of empty blocks
   */
  public BlockLayout newBlockLayout() {
    check();
    long bytes = (long) size * Integer.BYTES;
    return new BlockLayout(
        mpi.arena().allocate(bytes, Integer.BYTES), mpi.arena().allocate(bytes, Integer.BYTES));
  }

  /**
   * {@code MPI_Gatherv}: collects blocks at the root.
   *
   * @param send native memory
   * @param sendOffsetBytes where this rank's block starts
   * @param count its elements
   * @param recv native memory; used on the root alone, may be null elsewhere
   * @param recvOffsetBytes what displacements count from
   * @param layout where each rank's block goes; used on the root alone, may be null elsewhere
   * @param type the elements' type
   * @param root who gets them
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
    long from = Buffers.address(send, sendOffsetBytes, count, type);
    boolean here = rank == root;
    long to = here ? Buffers.targetLayout(recv, recvOffsetBytes, layout, size, type) : 0;
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

  /**
   * {@code MPI_Scatterv}: gives each rank its block of the root.
   *
   * @param send native memory; used on the root alone, may be null elsewhere
   * @param sendOffsetBytes what displacements count from
   * @param layout where each rank's block starts; used on the root alone, may be null elsewhere
   * @param recv native memory
   * @param recvOffsetBytes where this rank's block goes
   * @param count its elements
   * @param type the elements' type
   * @param root whose blocks go out
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
    long to = Buffers.target(recv, recvOffsetBytes, count, type);
    boolean here = rank == root;
    long from = here ? Buffers.layout(send, sendOffsetBytes, layout, size, type) : 0;
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

  /**
   * {@code MPI_Allgatherv}: collects blocks at every rank.
   *
   * @param send native memory, as many elements as {@code layout} has for this rank
   * @param sendOffsetBytes where this rank's block starts
   * @param recv native memory
   * @param recvOffsetBytes what displacements count from
   * @param layout where each rank's block goes
   * @param type the elements' type
   */
  public void allgatherv(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      BlockLayout layout,
      Datatype type) {
    check();
    long to = Buffers.targetLayout(recv, recvOffsetBytes, layout, size, type);
    long count = layout.count(rank);
    long from = Buffers.address(send, sendOffsetBytes, count, type);
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

  /**
   * {@code MPI_Alltoallv}: sends a block of any length from every rank to every rank.
   *
   * @param send native memory
   * @param sendOffsetBytes what displacements of {@code out} count from
   * @param out where each rank's block starts
   * @param recv native memory
   * @param recvOffsetBytes what displacements of {@code in} count from
   * @param in where each rank's block goes
   * @param type the elements' type
   */
  public void alltoallv(
      MemorySegment send,
      long sendOffsetBytes,
      BlockLayout out,
      MemorySegment recv,
      long recvOffsetBytes,
      BlockLayout in,
      Datatype type) {
    check();
    long from = Buffers.layout(send, sendOffsetBytes, out, size, type);
    long to = Buffers.targetLayout(recv, recvOffsetBytes, in, size, type);
    MpiVectorCollectives.alltoallv(
        from,
        out.counts(),
        out.displacements(),
        type.handle(),
        to,
        in.counts(),
        in.displacements(),
        type.handle(),
        handle);
  }
}
