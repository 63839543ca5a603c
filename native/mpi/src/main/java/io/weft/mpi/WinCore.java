package io.weft.mpi;

import io.weft.ffi.NativeMemory;
import io.weft.mpi.ffm.MpiAbi;
import io.weft.mpi.ffm.MpiWindows;
import io.weft.mpi.ffm.PredefinedHandle;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** What every operation of a {@link Win} uses: its handle, its memory, the others' extents. */
abstract class WinCore {
  final Comm comm;
  final MpiAbi abi;
  long handle;
  final HeldBuffers held = new HeldBuffers();
  boolean closed;

  /** Where C reads the handle that it frees. */
  final MemorySegment place;

  /** Ends the memory's life; shared, because above FUNNELED any thread may use what lies in it. */
  final Arena arena = Arena.ofShared();

  private MemorySegment memory;

  /** Where each rank's memory starts, and how long it is. */
  private final long[] starts;

  private final long[] lengths;

  /** What a remote rank said of the memory that it attached, for each rank; null if not dynamic. */
  private final List<List<long[]>> remote;

  private WinCore(Comm comm, boolean dynamic) {
    this.comm = comm;
    this.abi = comm.abi;
    this.place = arena.allocate(8, 8);
    this.starts = new long[comm.size];
    this.lengths = new long[comm.size];
    this.remote = dynamic ? new ArrayList<>() : null;
  }

  /** A window of memory that the library makes. */
  WinCore(Comm comm, long lengthBytes, boolean shared, Info info) {
    this(comm, false);
    if (lengthBytes < 0 || lengthBytes > Long.MAX_VALUE - 2 * NativeMemory.PAGE_BYTES) {
      throw new IllegalArgumentException("lengthBytes is " + lengthBytes);
    }
    MemorySegment base = arena.allocate(8, 8);
    long hints = Info.handle(comm.mpi, info);
    make(
        () -> {
          if (shared) {
            MpiWindows.allocateShared(
                lengthBytes, 1, hints, comm.handle, base.address(), place.address());
          } else {
            MpiWindows.allocate(
                extentBytes(lengthBytes), 1, hints, comm.handle, base.address(), place.address());
          }
        });
    this.handle = abi.readHandle(place, 0);
    opened();
    long first = base.get(ValueLayout.JAVA_LONG, 0);
    // Shared memory lies together; who asks where it is asks the library.
    long start = shared ? 0 : -first & NativeMemory.PAGE_BYTES - 1;
    this.memory = memory(first + start, lengthBytes);
    memory.fill((byte) 0);
    exchange(start, lengthBytes);
  }

  /** A window of memory of the caller's, which stays reachable. */
  WinCore(Comm comm, MemorySegment given, Info info) {
    this(comm, false);
    if (given.isReadOnly()) {
      throw new IllegalArgumentException("the memory of a window is read-only");
    }
    long address = Buffers.address(given, 0, given.byteSize(), Datatype.BYTE);
    long hints = Info.handle(comm.mpi, info);
    make(
        () -> MpiWindows.create(address, given.byteSize(), 1, hints, comm.handle, place.address()));
    this.handle = abi.readHandle(place, 0);
    opened();
    this.memory = given;
    exchange(0, given.byteSize());
  }

  /** A window to which memory is attached later. */
  WinCore(Comm comm, Info info) {
    this(comm, true);
    long hints = Info.handle(comm.mpi, info);
    make(() -> MpiWindows.createDynamic(hints, comm.handle, place.address()));
    this.handle = abi.readHandle(place, 0);
    opened();
    this.memory = MemorySegment.NULL;
    for (int each = 0; each < comm.size; each++) {
      remote.add(new ArrayList<>());
    }
  }

  private void make(Runnable call) {
    try {
      call.run();
    } catch (MpiException | UnsupportedOperationException failed) {
      arena.close();
      throw failed;
    }
  }

  private void opened() {
    comm.opened.add(this);
    MpiWindows.setErrhandler(handle, abi.handle(PredefinedHandle.MPI_ERRORS_RETURN));
  }

  final boolean isDynamic() {
    return remote != null;
  }

  final List<long[]> remote(int rank) {
    if (remote == null) {
      throw new IllegalStateException(
          "the window is not dynamic: its memory is given when it is made");
    }
    return remote.get(rank);
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
    Arguments.rank("rank", rank, lengths.length);
  }

  /** The displacement of so many elements in a rank's memory; throws where they are not. */
  final long displacement(int rank, long offsetBytes, long count, Datatype type) {
    check(rank);
    Buffers.count(count);
    type.check();
    if (remote != null) {
      return attached(rank, offsetBytes, count, type);
    }
    Buffers.region(lengths[rank], offsetBytes, count, 1, type);
    return starts[rank] + offsetBytes;
  }

  /** An address in memory that a rank has attached, and told of. */
  private long attached(int rank, long address, long count, Datatype type) {
    for (long[] region : remote.get(rank)) {
      if (address >= region[0] && address - region[0] <= region[1]) {
        Buffers.region(region[1], address - region[0], count, 1, type);
        return address;
      }
    }
    throw new IndexOutOfBoundsException(
        "address " + address + " does not lie in memory that rank " + rank + " attached");
  }

  /** Refuses to put what lies in this rank's own memory where it overlaps itself. */
  final void refuseOwnPut(int target, long offset, long source, long count, Datatype type) {
    if (target == comm.rank) {
      Overlap.refuse(source, count, own(offset), count, type);
    }
  }

  /** Refuses to get from this rank's own memory into the same. */
  final void refuseOwnGet(int target, long offset, long result, long count, Datatype type) {
    if (target == comm.rank) {
      Overlap.refuse(own(offset), count, result, count, type);
    }
  }

  /** The address of an offset in this rank's memory. */
  private long own(long offset) {
    return remote != null ? offset : memory.address() + offset;
  }

  /** Likewise, of elements that are computed with. */
  final long elements(int rank, long offsetBytes, long count, Datatype type) {
    long displacement = displacement(rank, offsetBytes, count, type);
    if (!(type instanceof DerivedType)
        && type.extentBytes() == type.sizeBytes()
        && offsetBytes % type.sizeBytes() != 0) {
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

  /** Whether a type may be compared and swapped (MPI-4.0 section 12.3.4). */
  static boolean isWhole(Datatype type) {
    return type == Datatype.BYTE
        || type == Datatype.INT8
        || type == Datatype.CHAR
        || type == Datatype.SHORT
        || type == Datatype.INT
        || type == Datatype.LONG
        || type == Datatype.BOOLEAN;
  }

  /** Refuses what windows do not do (MPI-4.0 section 12.3.4). */
  static void notUser(Op op) {
    if (op instanceof UserOp) {
      throw new IllegalArgumentException("windows take predefined operations only: " + op);
    }
  }

  /** Refuses what operations on one element do not take. */
  static void notDerived(Datatype type) {
    if (type instanceof DerivedType) {
      throw new IllegalArgumentException("one element of a predefined type, not of " + type);
    }
  }

  /** Refuses memory that C reads and writes in one operation. */
  static void distinct(long read, long written, long count, Datatype type) {
    long first = type.firstByte(count);
    long end = type.endByte(count);
    if (read + first < written + end && written + first < read + end) {
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
