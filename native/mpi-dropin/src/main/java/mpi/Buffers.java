package mpi;

import io.weft.mpi.ffm.MpiErrorClass;
import java.lang.foreign.MemorySegment;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.ShortBuffer;

/**
 * Where buffers lie. A buffer's position and limit count for nothing here: data begins at its first
 * element and may go to its capacity.
 */
final class Buffers {
  private Buffers() {}

  /** The bytes that an element of a buffer takes. */
  static int elementBytes(Buffer buffer) {
    if (buffer instanceof ByteBuffer) {
      return 1;
    }
    if (buffer instanceof DoubleBuffer || buffer instanceof LongBuffer) {
      return 8;
    }
    if (buffer instanceof IntBuffer || buffer instanceof FloatBuffer) {
      return 4;
    }
    return buffer instanceof CharBuffer || buffer instanceof ShortBuffer ? 2 : 1;
  }

  /** The address of the first element of a direct buffer. */
  static long address(Buffer direct) {
    return Scratch.get().addresses.of(direct);
  }

  /** All of a buffer that is neither direct nor backed by an array that can be had. */
  static MemorySegment view(Buffer buffer) {
    return MemorySegment.ofBuffer(buffer.duplicate().clear());
  }

  /**
   * The address at which C, after this call has returned too, reads from bytes {@code first} to
   * {@code end} of a direct buffer.
   */
  static long direct(String function, String name, Buffer buffer, long first, long end)
      throws MPIException {
    if (buffer == null) {
      return none(function, name, first, end);
    }
    if (!buffer.isDirect()) {
      throw new IllegalArgumentException(
          "The buffer must be direct: "
              + function
              + " would use "
              + name
              + " ("
              + buffer.getClass().getSimpleName()
              + ") after it has returned; MPI.newByteBuffer and its like make direct ones");
    }
    within(function, name, buffer, first, end);
    return address(buffer);
  }

  /** The same for bytes that C writes. */
  static long directTarget(String function, String name, Buffer buffer, long first, long end)
      throws MPIException {
    long address = direct(function, name, buffer, first, end);
    if (buffer != null && end > first) {
      writable(function, name, buffer);
    }
    return address;
  }

  static void writable(String function, String name, Buffer buffer) {
    if (buffer.isReadOnly()) {
      ReadOnlyBufferException refused = new ReadOnlyBufferException();
      refused.initCause(new IllegalArgumentException(function + ": " + name + " is read-only"));
      throw refused;
    }
  }

  /** What C is given for null: nothing may be in it. */
  static long none(String function, String name, long first, long end) throws MPIException {
    if (end > first) {
      throw Errors.argument(function, MpiErrorClass.MPI_ERR_BUFFER, name + " is null");
    }
    return 0;
  }

  /**
   * Refuses what does not lie in a buffer. Of one that is part of another, as {@link MPI#slice}
   * makes them, what lies before its first element may be reached, by datatypes with a negative
   * lower bound; where that is known: in arrays, and in buffers that {@link MPI#newByteBuffer} and
   * its like made.
   */
  static void within(String function, String name, Buffer buffer, long first, long end) {
    long length = (long) buffer.capacity() * elementBytes(buffer);
    if (end > first && (end > length || (first < 0 && first < -before(buffer)))) {
      refuse(function, name, length, first, end);
    }
  }

  private static long before(Buffer buffer) {
    if (buffer.isDirect()) {
      return MadeBuffers.before(address(buffer));
    }
    return buffer.hasArray() ? arrayOffset(buffer) : 0;
  }

  /** The bytes of a buffer's array before the buffer's first element. */
  static long arrayOffset(Buffer heap) {
    return (long) heap.arrayOffset() * elementBytes(heap);
  }

  /** Refuses what does not lie in an array. */
  static void within(String function, String name, long length, long first, long end) {
    if (end > first && (first < 0 || end > length)) {
      refuse(function, name, length, first, end);
    }
  }

  private static void refuse(String function, String name, long length, long first, long end) {
    throw new ArrayIndexOutOfBoundsException(
        function
            + ": bytes "
            + first
            + " to "
            + end
            + " of "
            + name
            + " are needed, which has "
            + length
            + " bytes");
  }
}
