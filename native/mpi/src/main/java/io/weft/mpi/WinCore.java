package io.weft.mpi;

import io.weft.ffi.NativeMemory;
import io.weft.mpi.ffm.MpiAbi;
import io.weft.mpi.ffm.MpiWindows;
import io.weft.mpi.ffm.PredefinedHandle;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/** What every operation of a {@link Win} uses: its handle, its memory, the others' extents. */
abstract class WinCore {
  final Comm comm;
  final MpiAbi abi;
  final long handle;
  final HeldBuffers held = new HeldBuffers();
  boolean closed;

  /** Where C reads the handle that it frees. */
  final MemorySegment place;

  /** Ends the memory's life; shared, because above FUNNELED any thread may use what lies in it. */
  final Arena arena = Arena.ofShared();

  private final MemorySegment memory;

  /** Where each rank's memory starts, and how long it is. */
  private final long[] starts;

  private final long[] lengths;

  WinCore(Comm comm, long lengthBytes) {
    if (lengthBytes < 0 || lengthBytes > Long.MAX_VALUE - 2 * NativeMemory.PAGE_BYTES) {
      throw new IllegalArgumentException("lengthBytes is " + lengthBytes);
    }
    this.comm = comm;
    this.abi = comm.abi;
    this.place = arena.allocate(8, 8);
    MemorySegment base = arena.allocate(8, 8);
    try {
      MpiWindows.allocate(
          extentBytes(lengthBytes),
          1,
          abi.handle(PredefinedHandle.MPI_INFO_NULL),
          comm.handle,
          base.address(),
          place.address());
    } catch (MpiException failed) {
      arena.close();
      throw failed;
    }
    this.handle = abi.readHandle(place, 0);
    MpiWindows.setErrhandler(handle, abi.handle(PredefinedHandle.MPI_ERRORS_RETURN));
    long first = base.get(ValueLayout.JAVA_LONG, 0);
    long start = -first & NativeMemory.PAGE_BYTES - 1;
    this.memory = memory(first + start, lengthBytes);
    memory.fill((byte) 0);
    this.starts = new long[comm.size];
    this.lengths = new long[comm.size];
    exchange(start, lengthBytes);
  }

  /**
   * What the library is asked for: a page more, to start on one wherever its memory starts; and
   * whole pages, because operations on 4 ranks reach wrong places with MPICH 4.0.2 where they are
   * not.
   */
  private static long extentBytes(long lengthBytes) {
    return (lengthBytes + 2 * NativeMemory.PAGE_BYTES - 1) & -NativeMemory.PAGE_BYTES;
  }

  @SuppressWarnings("restricted") // the library said how long it is
  private MemorySegment memory(long address, long lengthBytes) {
    return MemorySegment.ofAddress(address).reinterpret(lengthBytes, arena, null);
  }

  /** Also: nobody goes on before all memory is zeroed. */
  private void exchange(long start, long lengthBytes) {
    MemorySegment all = arena.allocate(2L * Long.BYTES * (comm.size + 1), Long.BYTES);
    all.setAtIndex(ValueLayout.JAVA_LONG, 0, start);
    all.setAtIndex(ValueLayout.JAVA_LONG, 1, lengthBytes);
    comm.allgather(all, 0, all, 2 * Long.BYTES, 2, Datatype.LONG);
    for (int rank = 0; rank < comm.size; rank++) {
      starts[rank] = all.getAtIndex(ValueLayout.JAVA_LONG, 2L + 2 * rank);
      lengths[rank] = all.getAtIndex(ValueLayout.JAVA_LONG, 3L + 2 * rank);
    }
  }

  final void check() {
    if (closed) {
      throw new IllegalStateException("the window is closed");
    }
    comm.check();
  }

  /** Checks that too. */
  final void check(int rank) {
    check();
    if (rank < 0 || rank >= lengths.length) {
      throw new IllegalArgumentException(
          "rank " + rank + " is not in 0 .. " + (lengths.length - 1));
    }
  }

  /** The displacement of so many elements in a rank's memory; throws where they are not. */
  final long displacement(int rank, long offsetBytes, long count, Datatype type) {
    check(rank);
    Objects.checkFromIndexSize(offsetBytes, Buffers.count(count) * type.sizeBytes(), lengths[rank]);
    return starts[rank] + offsetBytes;
  }

  /** Likewise, of elements that are computed with. */
  final long elements(int rank, long offsetBytes, long count, Datatype type) {
    long displacement = displacement(rank, offsetBytes, count, type);
    if (offsetBytes % type.sizeBytes() != 0) {
      throw new IllegalArgumentException(
          "offset "
              + offsetBytes
              + " in the target's memory is no multiple of "
              + type.sizeBytes()
              + ", the length of "
              + type);
    }
    return displacement;
  }

  /** Refuses memory that C reads and writes in one operation. */
  static void distinct(long read, long readBytes, long written, long writtenBytes) {
    if (read < written + writtenBytes && written < read + readBytes) {
      throw new IllegalArgumentException("the result overlaps what the operation reads");
    }
  }

  /**
   * This rank's memory, page-aligned, zeroed when the window was made.
   *
   * @return a segment that is valid until the window closes
   */
  public MemorySegment memory() {
    check();
    return memory;
  }

  /**
   * The length of a rank's memory.
   *
   * @param rank of the communicator
   * @return bytes
   */
  public long lengthBytes(int rank) {
    check(rank);
    return lengths[rank];
  }

  /**
   * {@code MPI_MODE_NOCHECK} of this library: no conflicting lock is held or asked for.
   *
   * @return the assertion; several are joined by {@code |}
   */
  public int noCheck() {
    return abi.modeNoCheck();
  }

  /**
   * {@code MPI_MODE_NOSTORE} of this library: this rank's memory was not written by itself since
   * the last synchronisation.
   *
   * @return the assertion; several are joined by {@code |}
   */
  public int noStore() {
    return abi.modeNoStore();
  }

  /**
   * {@code MPI_MODE_NOPUT} of this library: this rank's memory will not be written by others until
   * the next synchronisation.
   *
   * @return the assertion; several are joined by {@code |}
   */
  public int noPut() {
    return abi.modeNoPut();
  }

  /**
   * {@code MPI_MODE_NOPRECEDE} of this library: this fence completes no operations; on every rank
   * or none.
   *
   * @return the assertion; several are joined by {@code |}
   */
  public int noPrecede() {
    return abi.modeNoPrecede();
  }

  /**
   * {@code MPI_MODE_NOSUCCEED} of this library: this fence begins no epoch; on every rank or none.
   *
   * @return the assertion; several are joined by {@code |}
   */
  public int noSucceed() {
    return abi.modeNoSucceed();
  }
}
