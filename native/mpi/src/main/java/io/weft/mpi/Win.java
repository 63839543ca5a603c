package io.weft.mpi;

import io.weft.mpi.ffm.MpiOneSided;
import io.weft.mpi.ffm.MpiWindows;
import io.weft.mpi.ffm.Thrown;
import java.lang.foreign.MemorySegment;

/**
 * Memory of each rank that the others read and write (MPI-4.0 chapter 12), made by {@link
 * Comm#allocateWin}, {@link Comm#createWin} and their like. Operations only start; they are
 * complete after the next fence, flush or unlock that covers the target. Whether an epoch is open
 * is the library's to say: some say nothing where there is none.
 *
 * <p>Buffers are native memory; they are kept reachable until completion. Offsets are bytes, also
 * in the target's memory; counts are elements. What does not fit, a rank that is none, heap memory
 * and use after close are refused before anything is sent, as by {@link Comm}; so is an element
 * offset that is no multiple of the element's length, and a result that overlaps an operand. Errors
 * of the library are {@link MpiException}. No operation allocates after its first calls. Threads:
 * as its {@link Comm}, which is to be closed after it.
 */
public final class Win extends WinManagement implements AutoCloseable {
  Win(Comm comm, long lengthBytes, boolean shared, Info info) {
    super(comm, lengthBytes, shared, info);
  }

  Win(Comm comm, MemorySegment memory, Info info) {
    super(comm, memory, info);
  }

  Win(Comm comm, Info info) {
    super(comm, info);
  }

  /**
   * {@code MPI_Put}: starts to copy into a rank's memory.
   *
   * @param source native memory
   * @param sourceOffsetBytes where the elements start
   * @param count elements
   * @param type their type
   * @param target whose memory
   * @param targetOffsetBytes where they go
   */
  public void put(
      MemorySegment source,
      long sourceOffsetBytes,
      long count,
      Datatype type,
      int target,
      long targetOffsetBytes) {
    long displacement = displacement(target, targetOffsetBytes, count, type);
    long address = Buffers.address(source, sourceOffsetBytes, count, type);
    refuseOwnPut(target, targetOffsetBytes, address, count, type);
    long t = type.handle();
    held.hold(source);
    MpiOneSided.put(address, count, t, target, displacement, count, t, handle);
  }

  /**
   * {@code MPI_Get}: starts to copy from a rank's memory.
   *
   * @param result native memory
   * @param resultOffsetBytes where the elements go
   * @param count elements
   * @param type their type
   * @param target whose memory
   * @param targetOffsetBytes where they start
   */
  public void get(
      MemorySegment result,
      long resultOffsetBytes,
      long count,
      Datatype type,
      int target,
      long targetOffsetBytes) {
    long displacement = displacement(target, targetOffsetBytes, count, type);
    long address = Buffers.target(result, resultOffsetBytes, count, type);
    refuseOwnGet(target, targetOffsetBytes, address, count, type);
    long t = type.handle();
    held.hold(result);
    MpiOneSided.get(address, count, t, target, displacement, count, t, handle);
  }

  /**
   * {@code MPI_Accumulate}: starts to combine elements into those of a rank.
   *
   * @param source native memory
   * @param sourceOffsetBytes where the elements start
   * @param count elements
   * @param type their type
   * @param op the operation; not {@link Op#NO_OP}
   * @param target whose memory
   * @param targetOffsetBytes where its elements start, a multiple of their length
   */
  public void accumulate(
      MemorySegment source,
      long sourceOffsetBytes,
      long count,
      Datatype type,
      Op op,
      int target,
      long targetOffsetBytes) {
    if (op == Op.NO_OP) {
      throw new IllegalArgumentException("MPI_NO_OP is for operations that fetch");
    }
    notUser(op);
    long displacement = elements(target, targetOffsetBytes, count, type);
    long address = Buffers.address(source, sourceOffsetBytes, count, type);
    long t = type.handle();
    held.hold(source);
    MpiOneSided.accumulate(address, count, t, target, displacement, count, t, op.handle(), handle);
  }

  /**
   * {@code MPI_Get_accumulate}: as {@link #accumulate}, and fetches what was there before.
   *
   * @param source native memory
   * @param sourceOffsetBytes where the elements start
   * @param result native memory, apart from the source
   * @param resultOffsetBytes where the former elements go
   * @param count elements
   * @param type their type
   * @param op the operation
   * @param target whose memory
   * @param targetOffsetBytes where its elements start, a multiple of their length
   */
  public void getAccumulate(
      MemorySegment source,
      long sourceOffsetBytes,
      MemorySegment result,
      long resultOffsetBytes,
      long count,
      Datatype type,
      Op op,
      int target,
      long targetOffsetBytes) {
    notUser(op);
    long displacement = elements(target, targetOffsetBytes, count, type);
    long address = Buffers.address(source, sourceOffsetBytes, count, type);
    long former = Buffers.target(result, resultOffsetBytes, count, type);
    distinct(address, former, count, type);
    long n = count;
    long t = type.handle();
    held.hold(source);
    held.hold(result);
    MpiOneSided.getAccumulate(
        address, n, t, former, n, t, target, displacement, n, t, op.handle(), handle);
  }

  /**
   * {@code MPI_Fetch_and_op}: as {@link #getAccumulate} of one element.
   *
   * @param source native memory
   * @param sourceOffsetBytes where the operand lies
   * @param result native memory, apart from the source
   * @param resultOffsetBytes where the former value goes
   * @param type the element's type
   * @param op the operation
   * @param target whose memory
   * @param targetOffsetBytes where its element lies, a multiple of its length
   */
  public void fetchAndOp(
      MemorySegment source,
      long sourceOffsetBytes,
      MemorySegment result,
      long resultOffsetBytes,
      Datatype type,
      Op op,
      int target,
      long targetOffsetBytes) {
    notUser(op);
    notDerived(type);
    long displacement = elements(target, targetOffsetBytes, 1, type);
    long address = Buffers.address(source, sourceOffsetBytes, 1, type);
    long former = Buffers.target(result, resultOffsetBytes, 1, type);
    distinct(address, former, 1, type);
    held.hold(source);
    held.hold(result);
    MpiOneSided.fetchAndOp(
        address, former, type.handle(), target, displacement, op.handle(), handle);
  }

  /**
   * {@code MPI_Compare_and_swap}: starts to replace a rank's element if it equals what is expected,
   * and fetches what was there before.
   *
   * @param source native memory
   * @param sourceOffsetBytes where the new value lies
   * @param expected native memory
   * @param expectedOffsetBytes where the expected value lies
   * @param result native memory, apart from the other two
   * @param resultOffsetBytes where the former value goes
   * @param type the element's type: a whole number, {@link Datatype#BYTE} or {@link
   *     Datatype#BOOLEAN}
   * @param target whose memory
   * @param targetOffsetBytes where its element lies, a multiple of its length
   */
  public void compareAndSwap(
      MemorySegment source,
      long sourceOffsetBytes,
      MemorySegment expected,
      long expectedOffsetBytes,
      MemorySegment result,
      long resultOffsetBytes,
      Datatype type,
      int target,
      long targetOffsetBytes) {
    if (!WinCore.isWhole(type)) {
      throw new IllegalArgumentException(type + " cannot be compared and swapped");
    }
    long displacement = elements(target, targetOffsetBytes, 1, type);
    long address = Buffers.address(source, sourceOffsetBytes, 1, type);
    long compare = Buffers.address(expected, expectedOffsetBytes, 1, type);
    long former = Buffers.target(result, resultOffsetBytes, 1, type);
    distinct(address, former, 1, type);
    distinct(compare, former, 1, type);
    held.hold(source);
    held.hold(expected);
    held.hold(result);
    MpiOneSided.compareAndSwap(
        address, compare, former, type.handle(), target, displacement, handle);
  }

  /**
   * {@code MPI_Win_free}: waits for all ranks, frees the memory; collective. No epoch may be open.
   * Closing twice does nothing.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    check();
    comm.active.refuse("the window", this);
    MpiWindows.free(place.address());
    closed = true;
    comm.opened.remove(this);
    arena.close();
    Thrown.rethrow();
  }
}
