package io.weft.bench.series;

import io.weft.bench.program.CBaseline;
import io.weft.ffi.CType;
import io.weft.ffi.NativeLibrary;
import io.weft.ffi.Unchecked;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The loops of {@code kernels.c} and memory for them, for {@link Contest}s. */
public final class KernelBaseline {
  private static final NativeLibrary C = CBaseline.open("kernels.c");
  private static final MethodHandle ALLOCATE =
      C.function("weft_allocate", CType.longFunction(CType.LONG));

  private KernelBaseline() {}

  /**
   * A loop in C.
   *
   * @param name its function, which returns {@code int}
   * @param parameters their types
   * @return calls it
   */
  public static MethodHandle loop(String name, MemoryLayout... parameters) {
    return C.function(name, CType.intFunction(parameters));
  }

  /**
   * Memory for C, zeroed, in huge pages where the kernel gives them; never freed.
   *
   * @param bytes how much
   * @return the memory
   */
  @SuppressWarnings("restricted") // the length is what was asked for
  public static MemorySegment allocate(long bytes) {
    try {
      long address = (long) ALLOCATE.invokeExact(bytes);
      if (address == 0) {
        throw new OutOfMemoryError("no " + bytes + " bytes for the loops in C");
      }
      return MemorySegment.ofAddress(address).reinterpret(bytes);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * A copy for C.
   *
   * @param values an array
   * @return memory that holds the same
   */
  public static MemorySegment copy(double[] values) {
    MemorySegment memory = allocate((long) values.length * Double.BYTES);
    MemorySegment.copy(values, 0, memory, ValueLayout.JAVA_DOUBLE, 0, values.length);
    return memory;
  }

  /**
   * A copy for C.
   *
   * @param values an array
   * @return memory that holds the same
   */
  public static MemorySegment copy(int[] values) {
    MemorySegment memory = allocate((long) values.length * Integer.BYTES);
    MemorySegment.copy(values, 0, memory, ValueLayout.JAVA_INT, 0, values.length);
    return memory;
  }

  /**
   * How far arrays are apart.
   *
   * @param java what Java came to
   * @param c what C came to, as long or longer
   * @return the largest difference over the largest absolute value
   */
  public static double difference(double[] java, MemorySegment c) {
    double most = 0;
    double largest = 0;
    for (int i = 0; i < java.length; i++) {
      double other = c.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
      double difference = Math.abs(java[i] - other);
      if (!(difference <= most)) {
        most = difference; // NaN too.
      }
      largest = Math.max(largest, Math.abs(java[i]));
    }
    return largest == 0 ? Double.NaN : most / largest;
  }
}
