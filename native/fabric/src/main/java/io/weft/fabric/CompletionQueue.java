package io.weft.fabric;

import io.weft.fabric.ffm.Constants;
import io.weft.fabric.ffm.Layouts.fi_cq_err_entry;
import io.weft.fabric.ffm.Layouts.fi_cq_tagged_entry;
import io.weft.fabric.ffm.Libfabric;
import io.weft.fabric.ffm.QueueOperations;
import io.weft.ffi.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Where an endpoint reports what is complete, fi_cq(3). {@link #read} takes a batch into a buffer
 * that is used again and again; the accessors read entry {@code i} of the last batch, and throw
 * UnsupportedOperationException for what the queue's {@link CompletionFormat} does not tell.
 * Nothing here allocates but {@link #readError}. Confined to the thread that opened it.
 */
public final class CompletionQueue extends FabricObject {
  /** The most completions that one {@link #read} takes. */
  public static final int BATCH = 16;

  /** {@link #read} found a failed operation: {@link #readError} tells which. */
  public static final int FAILED = -1;

  private static final int TEXT_BYTES = 512;

  /**
   * How many reads that find nothing pass before endpoints are asked; a power of 2. So many that
   * the call is not on the data path: before it is compiled it allocates.
   */
  private static final int GUARDED_EVERY = 1 << 18;

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment entries = arena.allocate(BATCH * fi_cq_tagged_entry.sizeof, 64);
  private final long entriesAddress = entries.address();
  private final CompletionFormat format;
  private final long entryBytes;
  private final MemorySegment readFunction;
  private final List<EndpointGuard> guards = new ArrayList<>();
  private int emptyReads;

  CompletionQueue(Domain domain, long address, CompletionFormat format) {
    super("CompletionQueue", domain, address);
    this.format = format;
    entryBytes = format.entryBytes();
    readFunction = QueueOperations.FI_CQ_READ.of(address);
  }

  /**
   * Makes progress and takes up to {@value #BATCH} completions; does not block.
   *
   * @return how many, 0 if there are none, or {@link #FAILED}
   * @throws FabricException if the queue itself fails, or an endpoint over efa otherwise than by an
   *     operation; that is noticed within {@value #GUARDED_EVERY} reads that find nothing
   */
  public int read() {
    long result = QueueOperations.fi_cq_read(readFunction, address(), entriesAddress, BATCH);
    if (result >= 0) {
      return (int) result;
    }
    return unusual(result);
  }

  private int unusual(long result) {
    if (result == -Constants.FI_EAGAIN) {
      if ((++emptyReads & GUARDED_EVERY - 1) == 0) {
        checkGuards();
      }
      return 0;
    }
    if (result == -Constants.FI_EAVAIL) {
      return FAILED;
    }
    throw FabricException.of(QueueOperations.FI_CQ_READ.name(), result);
  }

  private void checkGuards() {
    for (int i = 0; i < guards.size(); i++) {
      guards.get(i).check();
    }
  }

  /** From now on a failure of an endpoint that belongs to no operation is noticed here. */
  void guard(EndpointGuard guard) {
    guards.add(guard);
  }

  void unguard(EndpointGuard guard) {
    guards.remove(guard);
  }

  /**
   * The context that the operation was posted with.
   *
   * @param i which of the last batch
   * @return its address
   */
  public long context(int i) {
    return field(i, fi_cq_tagged_entry.op_context);
  }

  /**
   * Says whether entry {@code i} is a receive.
   *
   * @param i which of the last batch
   * @return false for a send
   */
  public boolean isReceive(int i) {
    return (field(i, fi_cq_tagged_entry.flags) & Constants.FI_RECV) != 0;
  }

  /**
   * The length of a received message.
   *
   * @param i which of the last batch
   * @return bytes; meaningless for a send
   */
  public long lengthBytes(int i) {
    return field(i, fi_cq_tagged_entry.len);
  }

  /**
   * Where in its receive of {@link Messages#receiveMany} a message lies.
   *
   * @param i which of the last batch
   * @return the address of its first byte; meaningless for other operations, and where {@link
   *     #isReceive} says that there is no message
   */
  public long address(int i) {
    return field(i, fi_cq_tagged_entry.buf);
  }

  /**
   * Says whether entry {@code i} ends a receive of {@link Messages#receiveMany}: no more messages
   * go into its buffer. Providers tell it with the last message (net, ofi_rxm) or by an entry that
   * {@link #isReceive} says is none (shm).
   *
   * @param i which of the last batch
   * @return true if the buffer is the caller's again
   */
  public boolean isReleased(int i) {
    return (field(i, fi_cq_tagged_entry.flags) & Constants.FI_MULTI_RECV) != 0;
  }

  /**
   * The tag of a received message.
   *
   * @param i which of the last batch
   * @return the sender's tag; meaningless for a send
   */
  public long tag(int i) {
    return field(i, fi_cq_tagged_entry.tag);
  }

  /**
   * Says whether entry {@code i} tells that a peer has written to registered memory, by {@link
   * OneSided#writeData}.
   *
   * @param i which of the last batch
   * @return true if it does; its context means nothing then
   */
  public boolean isRemoteWrite(int i) {
    return (field(i, fi_cq_tagged_entry.flags) & Constants.FI_REMOTE_WRITE) != 0;
  }

  /**
   * Says whether entry {@code i} carries data of the peer.
   *
   * @param i which of the last batch
   * @return true if {@link #data} means something
   */
  public boolean hasData(int i) {
    return (field(i, fi_cq_tagged_entry.flags) & Constants.FI_REMOTE_CQ_DATA) != 0;
  }

  /**
   * The data that the peer gave with a message or a write.
   *
   * @param i which of the last batch
   * @return the data; meaningless where {@link #hasData} says so
   */
  public long data(int i) {
    return field(i, fi_cq_tagged_entry.data);
  }

  /**
   * What the operation was, as bits of fi_cq(3), such as {@code FI_RMA | FI_WRITE}.
   *
   * @param i which of the last batch
   * @return the flags as the provider gives them; providers differ
   */
  public long flags(int i) {
    return field(i, fi_cq_tagged_entry.flags);
  }

  private long field(int i, long offset) {
    if (offset >= entryBytes) {
      refuse();
    }
    return entries.get(ValueLayout.JAVA_LONG, i * entryBytes + offset);
  }

  private void refuse() {
    throw new UnsupportedOperationException(
        "this completion queue was opened with format " + format + ", which does not tell");
  }

  /**
   * Takes the failed operation that made {@link #read} return {@link #FAILED}.
   *
   * @return what failed, or null if another read has taken it
   * @throws FabricException if the queue itself fails
   */
  public CompletionError readError() {
    try (Arena confined = Arena.ofConfined()) {
      // Zeroed, err_data_size too: the provider then lends its own buffer for err_data.
      MemorySegment entry = confined.allocate(fi_cq_err_entry.ROOM_BYTES, 8);
      long result = QueueOperations.fi_cq_readerr(address(), entry.address());
      if (result == -Constants.FI_EAGAIN || result == 0) {
        return null;
      }
      FabricException.check(QueueOperations.FI_CQ_READERR.name(), result);
      // Positive by the manual page; shm of 1.17 negates it.
      int code = Math.abs(entry.get(ValueLayout.JAVA_INT, fi_cq_err_entry.err));
      return new CompletionError(
          entry.get(ValueLayout.JAVA_LONG, fi_cq_err_entry.op_context),
          (entry.get(ValueLayout.JAVA_LONG, fi_cq_err_entry.flags) & Constants.FI_RECV) != 0,
          entry.get(ValueLayout.JAVA_LONG, fi_cq_err_entry.len),
          entry.get(ValueLayout.JAVA_LONG, fi_cq_err_entry.olen),
          entry.get(ValueLayout.JAVA_LONG, fi_cq_err_entry.tag),
          code,
          Libfabric.fi_strerror(code),
          providerText(confined, entry));
    }
  }

  private String providerText(Arena confined, MemorySegment entry) {
    MemorySegment text = confined.allocate(TEXT_BYTES);
    long found =
        QueueOperations.fi_cq_strerror(
            address(),
            entry.get(ValueLayout.JAVA_INT, fi_cq_err_entry.prov_errno),
            entry.get(ValueLayout.JAVA_LONG, fi_cq_err_entry.err_data),
            text.address(),
            TEXT_BYTES);
    String own = NativeMemory.stringAt(found);
    return own == null || own.isEmpty() ? text.getString(0) : own;
  }
}
