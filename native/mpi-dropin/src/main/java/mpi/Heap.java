package mpi;

import io.weft.ffi.NativeMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Copies between Java's arrays and native memory, by byte. */
final class Heap {
  private Heap() {}

  /** The bytes that an element of an array takes, or 0 of what is no array of a primitive type. */
  static int elementBytes(Object array) {
    if (array instanceof double[] || array instanceof long[]) {
      return 8;
    }
    if (array instanceof int[] || array instanceof float[]) {
      return 4;
    }
    if (array instanceof byte[] || array instanceof boolean[]) {
      return 1;
    }
    return array instanceof short[] || array instanceof char[] ? 2 : 0;
  }

  /** The length of an array of a primitive type, in elements. */
  static int length(Object array) {
    if (array instanceof double[] a) {
      return a.length;
    }
    if (array instanceof int[] a) {
      return a.length;
    }
    if (array instanceof byte[] a) {
      return a.length;
    }
    if (array instanceof float[] a) {
      return a.length;
    }
    if (array instanceof long[] a) {
      return a.length;
    }
    if (array instanceof char[] a) {
      return a.length;
    }
    if (array instanceof short[] a) {
      return a.length;
    }
    return ((boolean[]) array).length;
  }

  /** Copies part of an array out of the heap. */
  static void toNative(Object array, long offsetBytes, long address, long bytes) {
    int width = elementBytes(array);
    if (array instanceof boolean[] booleans) {
      for (int i = 0; i < bytes; i++) {
        byte value = (byte) (booleans[(int) offsetBytes + i] ? 1 : 0);
        NativeMemory.EVERYTHING.set(ValueLayout.JAVA_BYTE, address + i, value);
      }
    } else if (((offsetBytes | bytes) & (width - 1)) == 0) {
      MemorySegment.copy(
          array,
          (int) (offsetBytes / width),
          NativeMemory.EVERYTHING,
          layout(array),
          address,
          (int) (bytes / width));
    } else {
      MemorySegment.copy(segment(array), offsetBytes, NativeMemory.EVERYTHING, address, bytes);
    }
  }

  /** Copies native memory into part of an array. */
  static void fromNative(long address, Object array, long offsetBytes, long bytes) {
    int width = elementBytes(array);
    if (array instanceof boolean[] booleans) {
      for (int i = 0; i < bytes; i++) {
        booleans[(int) offsetBytes + i] =
            NativeMemory.EVERYTHING.get(ValueLayout.JAVA_BYTE, address + i) != 0;
      }
    } else if (((offsetBytes | bytes) & (width - 1)) == 0) {
      MemorySegment.copy(
          NativeMemory.EVERYTHING,
          layout(array),
          address,
          array,
          (int) (offsetBytes / width),
          (int) (bytes / width));
    } else {
      MemorySegment.copy(NativeMemory.EVERYTHING, address, segment(array), offsetBytes, bytes);
    }
  }

  /** Unaligned ones: datatypes may begin anywhere. */
  private static ValueLayout layout(Object array) {
    if (array instanceof double[]) {
      return ValueLayout.JAVA_DOUBLE_UNALIGNED;
    }
    if (array instanceof int[]) {
      return ValueLayout.JAVA_INT_UNALIGNED;
    }
    if (array instanceof byte[]) {
      return ValueLayout.JAVA_BYTE;
    }
    if (array instanceof float[]) {
      return ValueLayout.JAVA_FLOAT_UNALIGNED;
    }
    if (array instanceof long[]) {
      return ValueLayout.JAVA_LONG_UNALIGNED;
    }
    return array instanceof char[]
        ? ValueLayout.JAVA_CHAR_UNALIGNED
        : ValueLayout.JAVA_SHORT_UNALIGNED;
  }

  /** For parts of elements, which only wrong programs have. */
  private static MemorySegment segment(Object array) {
    if (array instanceof double[] a) {
      return MemorySegment.ofArray(a);
    }
    if (array instanceof int[] a) {
      return MemorySegment.ofArray(a);
    }
    if (array instanceof float[] a) {
      return MemorySegment.ofArray(a);
    }
    if (array instanceof long[] a) {
      return MemorySegment.ofArray(a);
    }
    if (array instanceof char[] a) {
      return MemorySegment.ofArray(a);
    }
    return MemorySegment.ofArray((short[]) array);
  }
}
