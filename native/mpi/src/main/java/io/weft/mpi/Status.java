package io.weft.mpi;

import static io.weft.ffi.NativeMemory.EVERYTHING;

import io.weft.mpi.ffm.MpiAbi;
import io.weft.mpi.ffm.MpiElements;
import io.weft.mpi.ffm.MpiRequests;
import io.weft.mpi.ffm.MpiStatuses;
import io.weft.mpi.ffm.StatusLength;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.LongConsumer;

/** Who sent a message, with which tag, how long it was; owned and reused by the caller. */
public final class Status {
  /** The longest {@code MPI_Status} of any ABI. */
  static final int BYTES = 32;

  /** Statuses of 20 bytes lie one behind the other. */
  private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;

  /** What C keeps, as it lies there. */
  private long word0;

  private long word1;
  private long word2;
  private long word3;
  private CommCore comm;
  private int source;
  private int tag;
  private long lengthBytes;

  /** Makes an empty status. */
  public Status() {}

  /** Copies what C left at an address, with {@link #BYTES} to be read, and the length it tells. */
  void read(CommCore of, long address, long length) {
    comm = of;
    lengthBytes = length;
    take(address);
    MpiAbi abi = of.abi;
    source = EVERYTHING.get(ValueLayout.JAVA_INT, address + abi.statusSource());
    tag = EVERYTHING.get(ValueLayout.JAVA_INT, address + abi.statusTag());
  }

  private void take(long address) {
    word0 = EVERYTHING.get(WORD, address);
    word1 = EVERYTHING.get(WORD, address + 8);
    word2 = EVERYTHING.get(WORD, address + 16);
    word3 = EVERYTHING.get(WORD, address + 24);
  }

  /**
   * The sending rank, {@code MPI_SOURCE}.
   *
   * @return a rank of the communicator
   */
  public int source() {
    return source;
  }

  /**
   * The message's tag, {@code MPI_TAG}.
   *
   * @return the tag
   */
  public int tag() {
    return tag;
  }

  /**
   * The message's length, {@code MPI_Get_elements} of {@code MPI_BYTE}.
   *
   * @return bytes
   */
  public long lengthBytes() {
    return lengthBytes;
  }

  /**
   * The message's length in whole elements, {@code MPI_Get_count}.
   *
   * @param type the elements' type
   * @return elements; -1 if the length is no multiple of theirs ({@code MPI_UNDEFINED})
   */
  public long count(Datatype type) {
    type.check();
    long size = type.sizeBytes();
    if (size == 0) {
      return 0;
    }
    return lengthBytes % size == 0 ? lengthBytes / size : -1;
  }

  /**
   * The number of basic elements in the message, {@code MPI_Get_elements_x}: parts of the type that
   * the last, incomplete element has are counted.
   *
   * @param type the type that was received
   * @return basic elements
   * @throws IllegalStateException if nothing has filled this status
   */
  public long elements(Datatype type) {
    MemorySegment memory = write();
    long countable = MpiElements.countable(type.handle());
    MpiStatuses.getElementsX(memory.address(), countable, comm.scratch.address());
    long elements = comm.scratch.get(ValueLayout.JAVA_LONG, 0);
    return elements == comm.abi.undefined() ? -1 : elements;
  }

  /**
   * Whether the operation was cancelled, {@code MPI_Test_cancelled}.
   *
   * @return true if it was, and nothing else here says anything
   * @throws IllegalStateException if nothing has filled this status
   */
  public boolean isCancelled() {
    MemorySegment memory = write();
    MpiRequests.testCancelled(memory.address(), comm.scratch.address());
    return comm.scratch.get(ValueLayout.JAVA_INT, 0) != 0;
  }

  /** A status as of no message, in the form of a communicator's library. */
  static Status empty(CommCore comm) {
    Status result = new Status();
    result.comm = comm;
    result.setSource(comm.abi.anySource());
    result.setTag(comm.abi.anyTag());
    return result;
  }

  /**
   * Sets the source, {@code MPI_SOURCE}; for {@link GeneralizedOperation#query}.
   *
   * @param source a rank
   */
  public void setSource(int source) {
    checkFilled();
    this.source = source;
    change(comm.abi.statusSource(), source);
  }

  /**
   * Sets the tag, {@code MPI_TAG}; for {@link GeneralizedOperation#query}.
   *
   * @param tag a tag
   */
  public void setTag(int tag) {
    checkFilled();
    this.tag = tag;
    change(comm.abi.statusTag(), tag);
  }

  private void change(int offsetBytes, int value) {
    int shift = Byte.SIZE * (offsetBytes & Integer.BYTES);
    // Little-endian, as every platform of the FFM API's that MPI runs on.
    long changed = Integer.toUnsignedLong(value) << shift;
    long kept = ~(0xffff_ffffL << shift);
    switch (offsetBytes / Long.BYTES) {
      case 0 -> word0 = word0 & kept | changed;
      case 1 -> word1 = word1 & kept | changed;
      default -> word2 = word2 & kept | changed;
    }
  }

  /** Has C change the status: a copy, because C may be writing the communicator's. */
  private void change(LongConsumer call) {
    checkFilled();
    comm.mpi.check();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment copy = arena.allocate(BYTES, Long.BYTES);
      write(copy, 0);
      call.accept(copy.address());
      take(copy.address());
      MemorySegment length = arena.allocate(ValueLayout.JAVA_LONG);
      lengthBytes = StatusLength.bytes(copy.address(), length.address());
    }
  }

  /**
   * {@code MPI_Status_set_elements_x}: sets how many basic elements there were; for {@link
   * GeneralizedOperation#query}.
   *
   * @param type their type, or one that is made of it
   * @param elements how many
   */
  public void setElements(Datatype type, long elements) {
    Buffers.count(elements);
    long t = type.handle();
    change(status -> MpiStatuses.statusSetElementsX(status, t, elements));
  }

  /**
   * {@code MPI_Status_set_cancelled}; for {@link GeneralizedOperation#query}.
   *
   * @param cancelled whether the operation was given up
   */
  public void setCancelled(boolean cancelled) {
    change(status -> MpiStatuses.statusSetCancelled(status, cancelled ? 1 : 0));
  }

  private void checkFilled() {
    if (comm == null) {
      throw new IllegalStateException("the status is empty: no operation has filled it");
    }
  }

  /** Puts the status where C reads it, and touches nothing behind it. */
  void write(MemorySegment memory, long offsetBytes) {
    memory.set(WORD, offsetBytes, word0);
    memory.set(WORD, offsetBytes + 8, word1);
    switch (comm.abi.statusBytes()) {
      case 20 -> memory.set(ValueLayout.JAVA_INT_UNALIGNED, offsetBytes + 16, (int) word2);
      case 24 -> memory.set(WORD, offsetBytes + 16, word2);
      default -> {
        memory.set(WORD, offsetBytes + 16, word2);
        memory.set(WORD, offsetBytes + 24, word3);
      }
    }
  }

  /** Puts the status back where C reads it. */
  private MemorySegment write() {
    checkFilled();
    comm.mpi.check();
    MemorySegment place = comm.statusMemory();
    write(place, 0);
    return place;
  }
}
