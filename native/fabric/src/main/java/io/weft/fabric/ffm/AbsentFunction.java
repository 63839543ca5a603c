package io.weft.fabric.ffm;

import static io.weft.ffi.CType.LONG;

import io.weft.ffi.Unchecked;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * What stands for a function that an endpoint does not have, so that no call has to ask: it takes
 * whatever it is given and returns {@code -FI_ENOSYS}. Never call it critically: it is Java.
 */
public final class AbsentFunction {
  /** Its address. */
  public static final MemorySegment ADDRESS = make();

  private AbsentFunction() {}

  @SuppressWarnings("restricted") // a function pointer of our own
  private static MemorySegment make() {
    try {
      return Linker.nativeLinker()
          .upcallStub(
              MethodHandles.lookup()
                  .findStatic(AbsentFunction.class, "result", MethodType.methodType(long.class)),
              FunctionDescriptor.of(LONG),
              Arena.global());
    } catch (ReflectiveOperationException e) {
      throw Unchecked.rethrow(e);
    }
  }

  private static long result() {
    return -Constants.FI_ENOSYS;
  }
}
