package io.weft.mpi;

import io.weft.mpi.ffm.MpiAbi;
import io.weft.mpi.ffm.MpiComms;
import io.weft.mpi.ffm.MpiPointToPoint;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What every operation of a {@link Comm} uses: its handle, and memory for C to answer in. */
abstract class CommCore {
  /** Bytes in front of the scratch area's status: one {@code int} answer of C, aligned. */
  private static final int ANSWER_BYTES = 16;

  final Mpi mpi;
  final MpiAbi abi;
  final long handle;
  final int rank;
  final int size;
  final MemorySegment scratch;
  private final HandleCells cells;
  private final long nativeStatus;
  private final long byteType;
  boolean closed;

  CommCore(Mpi mpi, long handle) {
    this.mpi = mpi;
    this.abi = mpi.abi();
    this.handle = handle;
    this.scratch = mpi.arena().allocate(ANSWER_BYTES + abi.statusBytes(), 16);
    this.cells = new HandleCells(mpi.arena());
    this.nativeStatus = scratch.address() + ANSWER_BYTES;
    this.byteType = Datatype.BYTE.handle();
    MpiComms.rank(handle, scratch.address());
    this.rank = scratch.get(ValueLayout.JAVA_INT, 0);
    MpiComms.size(handle, scratch.address());
    this.size = scratch.get(ValueLayout.JAVA_INT, 0);
  }

  /** Where C keeps the handles of this communicator's operations. */
  final HandleCells cells() {
    return cells;
  }

  /**
   * This process's rank.
   *
   * @return {@code 0 .. size() - 1}
   */
  public int rank() {
    return rank;
  }

  /**
   * The number of ranks.
   *
   * @return at least 1
   */
  public int size() {
    return size;
  }

  final void check() {
    if (closed) {
      throw new IllegalStateException("the communicator is closed");
    }
    mpi.check();
  }

  /** One {@code int} for C to answer in. */
  final MemorySegment scratch() {
    return scratch;
  }

  final long statusAddress(Status status) {
    return status == null ? abi.statusIgnore() : nativeStatus;
  }

  /** Reads what C left in the native status. */
  final void read(Status status) {
    if (status != null) {
      MpiPointToPoint.getCount(nativeStatus, byteType, scratch.address());
      status.set(
          scratch.get(ValueLayout.JAVA_INT, ANSWER_BYTES + abi.statusSource()),
          scratch.get(ValueLayout.JAVA_INT, ANSWER_BYTES + abi.statusTag()),
          scratch.get(ValueLayout.JAVA_INT, 0));
    }
  }
}
