package mpi;

import io.weft.ffi.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;

/**
 * Where what lies on the heap is while C works on it: arrays are copied, never pinned, for a call
 * that blocks would keep the collector waiting. What lies outside of the heap stays where it is.
 * The memory is page-aligned, kept, and grown by doubling; for one call at a time.
 *
 * <p>Buffers are given as bytes {@code first} to {@code end}, counted from the buffer's first
 * element; every address is that of byte 0, whether or not it may be touched.
 */
final class Staging {
  private MemorySegment memory = MemorySegment.NULL;

  /** The address at which C reads. */
  long source(String function, String name, Object buf, long first, long end) throws MPIException {
    return place(function, name, buf, first, end, true);
  }

  /** The address at which C writes every byte; {@link #back} brings them to the heap. */
  long target(String function, String name, Object buf, long first, long end) throws MPIException {
    return target(function, name, buf, first, end, false);
  }

  /** The address at which C reads and writes, or may leave bytes as they are. */
  long both(String function, String name, Object buf, long first, long end) throws MPIException {
    return target(function, name, buf, first, end, true);
  }

  private long target(
      String function, String name, Object buf, long first, long end, boolean copied)
      throws MPIException {
    if (buf instanceof Buffer buffer && end > first) {
      Buffers.writable(function, name, buffer);
    }
    return place(function, name, buf, first, end, copied);
  }

  private long place(String function, String name, Object buf, long first, long end, boolean copied)
      throws MPIException {
    if (buf == null) {
      return Buffers.none(function, name, first, end);
    }
    if (buf instanceof Buffer buffer) {
      Buffers.within(function, name, buffer, first, end);
      if (buffer.isDirect()) {
        return Buffers.address(buffer);
      }
    } else {
      int width = Heap.elementBytes(buf);
      if (width == 0) {
        throw new IllegalArgumentException(
            function
                + ": "
                + name
                + " is a "
                + buf.getClass().getTypeName()
                + ", neither an array of a primitive type nor a java.nio buffer");
      }
      Buffers.within(function, name, (long) width * Heap.length(buf), first, end);
    }
    long length = end - first;
    if (length <= 0) {
      return memory.address();
    }
    if (memory.byteSize() < length) {
      grow(length);
    }
    long address = memory.address();
    if (copied) {
      copyOut(buf, first, address, length);
    }
    return address - first;
  }

  private void grow(long length) {
    long grown = Math.max(Math.max(length, 2 * memory.byteSize()), NativeMemory.PAGE_BYTES);
    memory = NativeMemory.allocatePages(Arena.ofAuto(), grown);
  }

  private static void copyOut(Object buf, long first, long address, long length) {
    if (!(buf instanceof Buffer buffer)) {
      Heap.toNative(buf, first, address, length);
    } else if (buffer.hasArray()) {
      Heap.toNative(array(buffer), Buffers.arrayOffset(buffer) + first, address, length);
    } else {
      MemorySegment.copy(Buffers.view(buffer), first, NativeMemory.EVERYTHING, address, length);
    }
  }

  /**
   * Copies back what C wrote, if the buffer lies on the heap.
   *
   * @param placed the bytes that the buffer was placed with
   */
  void back(Object buf, long placed, long first, long end) {
    long length = end - first;
    if (buf == null || length <= 0) {
      return;
    }
    long address = memory.address() + first - placed;
    if (!(buf instanceof Buffer buffer)) {
      Heap.fromNative(address, buf, first, length);
    } else if (buffer.isDirect()) {
      return;
    } else if (buffer.hasArray()) {
      Heap.fromNative(address, array(buffer), Buffers.arrayOffset(buffer) + first, length);
    } else {
      MemorySegment.copy(NativeMemory.EVERYTHING, address, Buffers.view(buffer), first, length);
    }
  }

  /** Of a buffer that has one; not by {@link Buffer#array}, whose type tells nothing. */
  private static Object array(Buffer buffer) {
    return switch (buffer) {
      case ByteBuffer b -> b.array();
      case DoubleBuffer b -> b.array();
      case IntBuffer b -> b.array();
      case FloatBuffer b -> b.array();
      case LongBuffer b -> b.array();
      case CharBuffer b -> b.array();
      case ShortBuffer b -> b.array();
      default -> buffer.array();
    };
  }
}
