package io.weft.mpi;

import io.weft.mpi.ffm.MpiComms;
import io.weft.mpi.ffm.MpiInterComms;
import io.weft.mpi.ffm.Thrown;
import java.lang.foreign.MemorySegment;

/**
 * A communicator (MPI-4.0 chapter 7). Buffers are given as segment and byte offset; counts are
 * elements of the given type. Calls that block take native memory, or heap memory, which they copy
 * through buffers that are kept; calls that do not block take native memory only. Errors of the
 * library are {@link MpiException}; a heap buffer that may not be one, or a count past 2^31-1 where
 * the library has no functions for it, is {@link IllegalArgumentException}, a region past the
 * buffer's end {@link IndexOutOfBoundsException}, use after close {@link IllegalStateException}:
 * all before anything is sent. No operation on native memory allocates. Threads: as its {@link
 * Mpi}; a communicator serves one thread at a time at every level.
 */
public final class Comm extends CommProcesses implements AutoCloseable {
  private final boolean owned;

  Comm(Mpi mpi, long handle, boolean owned) {
    super(mpi, handle);
    this.owned = owned;
    mpi.opened(this);
  }

  @Override
  Comm self() {
    return this;
  }

  /**
   * Makes memory of each rank that the others read and write, {@code MPI_Win_allocate}; collective.
   * Its errors return.
   *
   * @param lengthBytes the length of this rank's memory; may differ from rank to rank, and be 0
   * @return the window, to be closed before this communicator
   */
  public Win allocateWin(long lengthBytes) {
    check();
    return new Win(this, lengthBytes, false, null);
  }

  /**
   * {@code MPI_Win_allocate_shared}: as {@link #allocateWin} where all ranks share memory; they
   * then reach each other's by {@link Win#sharedMemory}. Collective.
   *
   * @param lengthBytes the length of this rank's memory; may be 0
   * @param info hints; may be null
   * @return the window, to be closed before this communicator
   */
  public Win allocateSharedWin(long lengthBytes, Info info) {
    check();
    return new Win(this, lengthBytes, true, info);
  }

  /**
   * {@code MPI_Win_create}: lets the other ranks read and write memory that is there; collective.
   *
   * @param memory native memory, kept reachable by the window; may be empty
   * @param info hints; may be null
   * @return the window, to be closed before this communicator, and before the memory's arena
   */
  public Win createWin(MemorySegment memory, Info info) {
    check();
    return new Win(this, memory, info);
  }

  /**
   * {@code MPI_Win_create_dynamic}: a window to which memory is attached later; collective.
   *
   * @param info hints; may be null
   * @return the window, to be closed before this communicator
   */
  public Win createDynamicWin(Info info) {
    check();
    return new Win(this, info);
  }

  /** C has agreed. */
  private void hasClosed() {
    closed = true;
    mpi.closed(this);
    Thrown.rethrow();
  }

  /** What is under way, or open, could be completed and closed by nobody afterwards. */
  private void refuseInUse() {
    if (!opened.isEmpty()) {
      throw new IllegalStateException(
          "the communicator has an open "
              + (opened.iterator().next() instanceof WinCore ? "window" : "file")
              + "; close it first");
    }
    active.refuse("the communicator", null);
  }

  /**
   * {@code MPI_Comm_free}, collective; closing twice, or the world, does nothing.
   *
   * @throws IllegalStateException if a request is under way, which the message says the origin of,
   *     or a window or file is open
   */
  @Override
  public void close() {
    if (closed || !owned) {
      return;
    }
    check();
    refuseInUse();
    abi.writeHandle(scratch, 0, handle);
    MpiComms.free(scratch.address());
    hasClosed();
  }

  /**
   * {@code MPI_Comm_disconnect}: waits until nothing is under way, and closes; collective. To be
   * used in place of {@link #close} for ties to processes that were spawned or connected to.
   *
   * @throws IllegalStateException on the world or self, or as {@link #close}
   */
  public void disconnect() {
    check();
    if (!owned) {
      throw new IllegalStateException("MPI_Comm_disconnect: not of the world, nor of self");
    }
    refuseInUse();
    abi.writeHandle(scratch, 0, handle);
    MpiInterComms.disconnect(scratch.address());
    hasClosed();
  }
}
