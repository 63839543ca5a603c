package io.weft.mpi;

import io.weft.ffi.NativeMemory;
import io.weft.mpi.ffm.MpiAbi;
import io.weft.mpi.ffm.MpiComms;
import io.weft.mpi.ffm.MpiConstant;
import io.weft.mpi.ffm.MpiInterComms;
import io.weft.mpi.ffm.StatusLength;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** What every operation of a {@link Comm} uses: its handle, and memory for C to answer in. */
abstract class CommCore {
  /** Bytes in front of the scratch area's status: two answers of C, and a request's handle. */
  private static final int ANSWER_BYTES = 32;

  /** Where in the scratch area the handle lies. */
  private static final int REQUEST_OFFSET = 16;

  final Mpi mpi;
  final MpiAbi abi;
  final long handle;
  final int rank;
  final int size;
  final MemorySegment scratch;

  /** The ranks at the other end of collectives: the other group's in an inter-communicator. */
  final int peers;

  /** Requests under way, so that they and their buffers are reachable; a list without links. */
  final ActiveRequests active = new ActiveRequests();

  /** Windows and files that are open: C touches what they hold, and closes them through this. */
  final Set<Object> opened = Collections.newSetFromMap(new IdentityHashMap<>());

  private final boolean inter;
  private final HandleCells cells;
  private final Staging sent = new Staging();
  private final Staging received = new Staging();
  private final long nativeStatus;
  private final long requestCell;
  boolean closed;

  CommCore(Mpi mpi, long handle) {
    this.mpi = mpi;
    this.abi = mpi.abi();
    this.handle = handle;
    this.scratch = mpi.arena().allocate(ANSWER_BYTES + Status.BYTES, 16);
    this.cells = new HandleCells(mpi.arena());
    this.nativeStatus = scratch.address() + ANSWER_BYTES;
    this.requestCell = scratch.address() + REQUEST_OFFSET;
    MpiComms.rank(handle, scratch.address());
    this.rank = answer();
    MpiComms.size(handle, scratch.address());
    this.size = answer();
    MpiInterComms.testInter(handle, scratch.address());
    this.inter = answer() != 0;
    if (inter) {
      MpiInterComms.remoteSize(handle, scratch.address());
    }
    this.peers = inter ? answer() : size;
  }

  /** The {@code int} that C answered. */
  final int answer() {
    return scratch.get(ValueLayout.JAVA_INT, 0);
  }

  /** Where C writes the handle of a request that it makes, or is given one, during a call. */
  final long requestCell() {
    return requestCell;
  }

  final void placeRequest(long request) {
    abi.writeHandle(NativeMemory.EVERYTHING, requestCell, request);
  }

  final long placedRequest() {
    return abi.readHandle(NativeMemory.EVERYTHING, requestCell);
  }

  /** Where C keeps the handles of this communicator's messages and persistent requests. */
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
   * The number of ranks; in an inter-communicator those of this side.
   *
   * @return at least 1
   */
  public int size() {
    return size;
  }

  /**
   * Whether this joins two groups of ranks, {@code MPI_Comm_test_inter} (MPI-4.0 section 7.6): what
   * is sent goes to the other.
   *
   * @return true of an inter-communicator
   */
  public boolean isInter() {
    return inter;
  }

  /**
   * The number of ranks of the other side of an inter-communicator, {@code MPI_Comm_remote_size}.
   *
   * @return at least 1
   * @throws IllegalStateException if this is none
   */
  public int remoteSize() {
    if (!inter) {
      throw new IllegalStateException("remoteSize is for inter-communicators");
    }
    return peers;
  }

  /**
   * {@code MPI_ROOT} of this library: in a collective of an inter-communicator, what the root gives
   * as root.
   *
   * @return the rank that means this one
   */
  public int root() {
    return abi.value(MpiConstant.MPI_ROOT);
  }

  /**
   * {@code MPI_PROC_NULL} of this library: a peer to which nothing is sent and from which nothing
   * comes; in a collective of an inter-communicator, what the root's neighbours give as root.
   *
   * @return the rank that means none
   */
  public int procNull() {
    return abi.procNull();
  }

  final void check() {
    if (closed) {
      throw new IllegalStateException("the communicator is closed");
    }
    mpi.check();
  }

  /** Whether this rank is the root of a collective. */
  final boolean isRoot(int root) {
    return inter ? root == root() : root == rank;
  }

  /** Whether this rank has a part of its own in a collective with a root. */
  final boolean sends(int root) {
    return !inter || root >= 0;
  }

  /** An address where nothing is read or written, for C to see that it is not null. */
  final long nothing() {
    return scratch.address();
  }

  /** The address of blocks that C reads while it blocks; heap memory is copied. */
  final long in(MemorySegment buffer, long offset, long count, int blocks, Datatype type) {
    return buffer.isNative()
        ? Buffers.blocks(buffer, offset, count, blocks, type)
        : sent.copied(buffer, offset, count, blocks, type);
  }

  /** The address of blocks that C writes while it blocks; heap memory is copied back by back. */
  final long out(MemorySegment buffer, long offset, long count, int blocks, Datatype type) {
    Buffers.refuseReadOnly(buffer);
    return buffer.isNative()
        ? Buffers.blocks(buffer, offset, count, blocks, type)
        : received.copied(buffer, offset, count, blocks, type);
  }

  /**
   * The address of blocks of which C writes every byte of data while it blocks: of heap memory
   * nothing is copied there if the blocks have no gaps; {@link #back} copies them back.
   */
  final long outWhole(MemorySegment buffer, long offset, long count, int blocks, Datatype type) {
    if (buffer.isNative() || !type.isDense()) {
      return out(buffer, offset, count, blocks, type);
    }
    Buffers.refuseReadOnly(buffer);
    return received.room(buffer, offset, count, blocks, type);
  }

  /** Puts what C wrote where it belongs if that is on the heap. */
  final void back(MemorySegment buffer, long offset, long count, int blocks, Datatype type) {
    if (!buffer.isNative()) {
      received.copyBack(buffer, offset, count, blocks, type);
    }
    Reference.reachabilityFence(buffer);
  }

  /** The address at which C writes elements without gaps, whatever is there before. */
  final long room(MemorySegment buffer, long offset, long count, Datatype type) {
    Buffers.refuseReadOnly(buffer);
    return received.room(buffer, offset, count, 1, type);
  }

  /** Puts as many bytes as the native status tells of where they belong. */
  final void backReceived(MemorySegment buffer, long offset) {
    received.copyBack(buffer, offset, lengthBytes());
  }

  final long statusAddress() {
    return nativeStatus;
  }

  /** As {@link #in}. */
  final long inLayout(
      MemorySegment buffer, long offset, BlockLayout layout, int blocks, Datatype type) {
    layout.checkSize(blocks);
    return in(buffer, offset, layout.extent(), 1, type);
  }

  /** As {@link #out}. */
  final long outLayout(
      MemorySegment buffer, long offset, BlockLayout layout, int blocks, Datatype type) {
    layout.checkSize(blocks);
    return out(buffer, offset, layout.extent(), 1, type);
  }

  /** As {@link #back}. */
  final void backLayout(MemorySegment buffer, long offset, BlockLayout layout, Datatype type) {
    if (!buffer.isNative()) {
      received.copyBack(buffer, offset, layout.extent(), 1, type);
    }
    Reference.reachabilityFence(buffer);
  }

  /** The address of a copy of what C would read. */
  final long staged(MemorySegment buffer, long offset, long count, Datatype type) {
    return sent.copied(buffer, offset, count, 1, type);
  }

  /** One {@code int} for C to answer in. */
  final MemorySegment scratch() {
    return scratch;
  }

  /** The native status, as memory. */
  final MemorySegment statusMemory() {
    return scratch.asSlice(ANSWER_BYTES);
  }

  final long statusAddress(Status status) {
    return status == null ? abi.statusIgnore() : nativeStatus;
  }

  /** Reads what C left in the native status. */
  final void read(Status status) {
    if (status != null) {
      status.read(this, nativeStatus, lengthBytes());
    }
  }

  /** Reads a status that lies elsewhere, with {@link Status#BYTES} to be read. */
  final void read(Status status, MemorySegment memory, long offsetBytes) {
    long address = memory.address() + offsetBytes;
    status.read(this, address, StatusLength.bytes(address, scratch.address()));
  }

  /** How many bytes came, of the native status. */
  private long lengthBytes() {
    return StatusLength.bytes(nativeStatus, scratch.address());
  }
}
