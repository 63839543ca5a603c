package io.weft.mpi.ffm;

import io.weft.ffi.CType;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * A C function of libmpi: its name, which stands nowhere else, and the handle that calls it. A
 * record, whose fields the compiler trusts never to change: {@code FUNCTION.handle().invokeExact}
 * on a {@code static final} one is as fast as on the handle itself.
 *
 * @param name the C function's name
 * @param handle what calls it; not critical, because every function here may block
 */
record MpiFunction(String name, MethodHandle handle) {
  /** An opaque handle, 8 bytes in a register whatever its length in memory. */
  static final ValueLayout.OfLong HANDLE = ValueLayout.JAVA_LONG;

  /**
   * Binds a function of this process's libmpi.
   *
   * @param name the C function's name
   * @param parameters its parameters; it returns {@code int}
   * @return the function
   */
  static MpiFunction of(String name, MemoryLayout... parameters) {
    FunctionDescriptor type = CType.intFunction(parameters);
    return new MpiFunction(name, LibmpiFile.current().library().function(name, type));
  }

  /**
   * The one place where codes of libmpi are checked.
   *
   * @param code what the function returned
   */
  void check(int code) {
    if (code != 0) {
      throw MpiErrors.exception(name, code);
    }
  }
}
