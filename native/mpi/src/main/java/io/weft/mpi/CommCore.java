package io.weft.mpi;

import io.weft.mpi.ffm.MpiAbi;
import io.weft.mpi.ffm.MpiComms;
import io.weft.mpi.ffm.MpiConstant;
import io.weft.mpi.ffm.MpiInterComms;
import io.weft.mpi.ffm.MpiStatuses;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** What every operation of a {@link Comm} uses: its handle, and memory for C to answer in. */
abstract class CommCore {
  /** Bytes in front of the scratch area's status: two answers of C, aligned. */
  private static final int ANSWER_BYTES = 16;

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
    return received.room(buffer, offset, count, type);
  }

  /** Puts as many bytes as the native status tells of where they belong. */
  final void backReceived(MemorySegment buffer, long offset) {
    MpiStatuses.getElementsX(nativeStatus, byteType, scratch.address());
    received.copyBack(buffer, offset, scratch.get(ValueLayout.JAVA_LONG, 0));
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
      MpiStatuses.getElementsX(nativeStatus, byteType, scratch.address());
      status.read(this, scratch, ANSWER_BYTES, scratch.get(ValueLayout.JAVA_LONG, 0));
    }
  }

  /** Reads a status that lies elsewhere. */
  final void read(Status status, MemorySegment memory, long offsetBytes) {
    MpiStatuses.getElementsX(memory.address() + offsetBytes, byteType, scratch.address());
    status.read(this, memory, offsetBytes, scratch.get(ValueLayout.JAVA_LONG, 0));
  }
}
