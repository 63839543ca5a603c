package io.weft.ffi;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;

/**
 * The C types of the LP64 Linux ABIs (x86-64 and AArch64) as Java carriers. Pointers travel as
 * {@code long}: no {@code MemorySegment} is made per call.
 */
public final class CType {
  /** {@code int}, {@code enum} and {@code int32_t}. */
  public static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

  /** {@code long}, {@code int64_t}, {@code size_t} and {@code ssize_t}. */
  public static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  /** Any pointer. */
  public static final ValueLayout.OfLong POINTER = ValueLayout.JAVA_LONG;

  private CType() {}

  /**
   * The type of a C function that returns {@code int}.
   *
   * @param parameters its parameters
   * @return the descriptor
   */
  public static FunctionDescriptor intFunction(MemoryLayout... parameters) {
    return FunctionDescriptor.of(INT, parameters);
  }

  /**
   * The type of a C function that returns {@code long}, {@code ssize_t} or a pointer.
   *
   * @param parameters its parameters
   * @return the descriptor
   */
  public static FunctionDescriptor longFunction(MemoryLayout... parameters) {
    return FunctionDescriptor.of(LONG, parameters);
  }
}
