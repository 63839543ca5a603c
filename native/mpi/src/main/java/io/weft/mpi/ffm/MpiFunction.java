package io.weft.mpi.ffm;

import io.weft.ffi.CType;
import io.weft.ffi.NativeLibrary;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

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

  /** The end of the names of functions that take counts of 64 bits (MPI-4.0 section 2.5.8). */
  private static final String LARGE = "_c";

  /**
   * Binds a function of this process's libmpi. One that the library lacks says so when it is
   * called.
   *
   * @param name the C function's name
   * @param parameters its parameters; it returns {@code int}
   * @return the function
   */
  static MpiFunction of(String name, MemoryLayout... parameters) {
    FunctionDescriptor type = CType.intFunction(parameters);
    NativeLibrary library = LibmpiFile.current().library();
    boolean there = library.exports(name) && !LibmpiFile.current().abi().lacks(name);
    return new MpiFunction(name, there ? library.function(name, type) : absent(name, type));
  }

  /**
   * Says whether this process's libmpi has a function.
   *
   * @param name the C function's name
   * @return true if it can be called
   */
  static boolean exists(String name) {
    return LibmpiFile.current().library().exports(name);
  }

  private static MethodHandle absent(String name, FunctionDescriptor type) {
    String version = LibmpiFile.current().version();
    RuntimeException lacking =
        name.endsWith(LARGE)
            ? new IllegalArgumentException(
                "a count or displacement is past "
                    + Integer.MAX_VALUE
                    + ", and this library has no "
                    + name
                    + ": send in pieces or as a larger type ("
                    + version
                    + ")")
            : new UnsupportedOperationException("this library has no " + name + ": " + version);
    MethodType called = type.toMethodType();
    MethodHandle thrower =
        MethodHandles.throwException(called.returnType(), RuntimeException.class).bindTo(lacking);
    return MethodHandles.dropArguments(thrower, 0, called.parameterList());
  }

  /**
   * The one place where codes of libmpi are checked. MPICH 5 returns success once an error handler
   * has returned: if that threw, the call has failed all the same.
   *
   * @param code what the function returned
   */
  void check(int code) {
    if (code != 0) {
      throw MpiErrors.exception(name, code);
    }
    Thrown.rethrowOfHandler();
  }

  /** A function of no parameters that gives seconds, and no code. */
  record OfDouble(MethodHandle handle) {}

  /**
   * Binds a function that gives seconds.
   *
   * @param name its name in C
   * @return the function; called where the library lacks it, it throws
   */
  static OfDouble ofDouble(String name) {
    FunctionDescriptor type = FunctionDescriptor.of(ValueLayout.JAVA_DOUBLE);
    NativeLibrary library = LibmpiFile.current().library();
    return new OfDouble(library.exports(name) ? library.function(name, type) : absent(name, type));
  }
}
