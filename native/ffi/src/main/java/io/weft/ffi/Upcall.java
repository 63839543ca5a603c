package io.weft.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/**
 * Java methods as C functions. What they throw ends the JVM: a method that is called from C catches
 * everything, and has it thrown again by whoever called C. Not to be called from inside of a
 * critical downcall, which ends the JVM too.
 */
public final class Upcall {
  private static final Linker LINKER = Linker.nativeLinker();

  private Upcall() {}

  /**
   * Makes a C function of a method.
   *
   * @param method what it calls, of the function's type
   * @param type the C function's parameters and result
   * @param arena how long C may call it
   * @return the function's address
   */
  @SuppressWarnings("restricted") // this class is where Weft makes upcalls
  public static long of(MethodHandle method, FunctionDescriptor type, Arena arena) {
    return LINKER.upcallStub(method, type, arena).address();
  }
}
