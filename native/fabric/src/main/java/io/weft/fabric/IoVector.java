package io.weft.fabric;

import io.weft.fabric.ffm.Layouts.iovec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Pieces of memory that a {@link Vectored} operation takes as one, {@code struct iovec} of readv(2)
 * with their descriptors. To be filled again and again: providers read it during the call only, so
 * it may be changed as soon as that returns; the memory it names may not. Adding allocates nothing.
 * Not for more than one thread at a time.
 */
public final class IoVector {
  private final MemorySegment[] buffers;
  private final boolean[] registered;
  private final MemorySegment pieces;
  private final MemorySegment descriptors;
  private int count;
  private long lengthBytes;

  /**
   * Makes an empty one.
   *
   * @param capacity how many pieces it can hold, at least 1; {@link FabricInfo#vectorEntries} says
   *     how many an endpoint takes
   * @throws IllegalArgumentException if the capacity is too low
   */
  public IoVector(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity is " + capacity + ", less than 1");
    }
    Arena arena = Arena.ofAuto();
    buffers = new MemorySegment[capacity];
    registered = new boolean[capacity];
    pieces = arena.allocate(capacity * iovec.sizeof, 8);
    descriptors = arena.allocate((long) capacity * Long.BYTES, 8);
  }

  /**
   * Forgets all pieces; what they lie in can be collected then.
   *
   * @return this
   */
  public IoVector clear() {
    Arrays.fill(buffers, 0, count, null);
    count = 0;
    lengthBytes = 0;
    return this;
  }

  /**
   * Adds a piece behind the others.
   *
   * @param buffer native memory
   * @param offsetBytes where the piece starts in it
   * @param pieceBytes the piece's length
   * @param descriptor {@link MemoryRegion#descriptor}, or 0 where no registration is needed
   * @return this
   * @throws IndexOutOfBoundsException if the piece lies outside of the buffer, or there is no room
   *     for one more
   * @throws IllegalArgumentException if the buffer is on the heap
   * @throws IllegalStateException if the buffer's arena is closed
   */
  public IoVector add(MemorySegment buffer, long offsetBytes, long pieceBytes, long descriptor) {
    long address = Endpoint.addressIn(buffer, offsetBytes, pieceBytes);
    buffers[count] = buffer;
    registered[count] = descriptor != 0;
    pieces.set(ValueLayout.JAVA_LONG, count * iovec.sizeof + iovec.iov_base, address);
    pieces.set(ValueLayout.JAVA_LONG, count * iovec.sizeof + iovec.iov_len, pieceBytes);
    descriptors.setAtIndex(ValueLayout.JAVA_LONG, count, descriptor);
    count++;
    lengthBytes += pieceBytes;
    return this;
  }

  /**
   * How many pieces there are.
   *
   * @return a count
   */
  public int count() {
    return count;
  }

  /**
   * How long all pieces are together.
   *
   * @return bytes
   */
  public long lengthBytes() {
    return lengthBytes;
  }

  /** Checks what only the operation knows, and that no arena has been closed since. */
  long check(int most, boolean isWritten, boolean needsDescriptors) {
    if (count == 0 || count > most) {
      refuseCount(most);
    }
    for (int i = 0; i < count; i++) {
      if (isWritten) {
        Endpoint.writableAddressIn(buffers[i], 0, 0);
      } else {
        Endpoint.addressIn(buffers[i], 0, 0);
      }
      if (needsDescriptors && !registered[i]) {
        Endpoint.refuseUnregistered();
      }
    }
    return pieces.address();
  }

  long descriptors() {
    return descriptors.address();
  }

  private void refuseCount(int most) {
    throw new IllegalArgumentException(
        count + " pieces of memory, where the provider takes 1 to " + most);
  }
}
