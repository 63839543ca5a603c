package io.weft.mpi;

import io.weft.mpi.ffm.MpiAbi;
import io.weft.mpi.ffm.MpiElements;
import io.weft.mpi.ffm.MpiRequests;
import io.weft.mpi.ffm.MpiStatuses;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.LongConsumer;

/** Who sent a message, with which tag, how long it was; owned and reused by the caller. */
public final class Status {
  /** The longest {@code MPI_Status} of any ABI is 32 bytes. */
  private static final int WORDS = 8;

  private final int[] words = new int[WORDS];
  private CommCore comm;
  private int source;
  private int tag;
  private long lengthBytes;

  /** Makes an empty status. */
  public Status() {}

  /** Copies what C left: the status at an offset of a segment, and its length. */
  void read(CommCore of, MemorySegment memory, long offsetBytes, long length) {
    MpiAbi abi = of.abi;
    comm = of;
    source = memory.get(ValueLayout.JAVA_INT, offsetBytes + abi.statusSource());
    tag = memory.get(ValueLayout.JAVA_INT, offsetBytes + abi.statusTag());
    lengthBytes = length;
    MemorySegment.copy(
        memory, ValueLayout.JAVA_INT, offsetBytes, words, 0, abi.statusBytes() / Integer.BYTES);
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
    words[comm.abi.statusSource() / Integer.BYTES] = source;
  }

  /**
   * Sets the tag, {@code MPI_TAG}; for {@link GeneralizedOperation#query}.
   *
   * @param tag a tag
   */
  public void setTag(int tag) {
    checkFilled();
    this.tag = tag;
    words[comm.abi.statusTag() / Integer.BYTES] = tag;
  }

  /** Has C change the status: a copy, because C may be writing the communicator's. */
  private void change(LongConsumer call) {
    checkFilled();
    comm.mpi.check();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment copy = arena.allocate(comm.abi.statusBytes(), Long.BYTES);
      write(copy, 0);
      call.accept(copy.address());
      MemorySegment.copy(copy, ValueLayout.JAVA_INT, 0, words, 0, wordsOfStatus());
      MemorySegment length = arena.allocate(ValueLayout.JAVA_LONG);
      MpiStatuses.getElementsX(copy.address(), Datatype.BYTE.handle(), length.address());
      lengthBytes = length.get(ValueLayout.JAVA_LONG, 0);
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

  private int wordsOfStatus() {
    return comm.abi.statusBytes() / Integer.BYTES;
  }

  /** Puts the status where C reads it. */
  void write(MemorySegment memory, long offsetBytes) {
    MemorySegment.copy(words, 0, memory, ValueLayout.JAVA_INT, offsetBytes, wordsOfStatus());
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
