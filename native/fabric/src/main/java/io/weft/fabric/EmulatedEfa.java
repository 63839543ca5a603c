package io.weft.fabric;

import io.weft.ffi.CType;
import io.weft.ffi.NativeLibrary;
import io.weft.ffi.ProcessSymbols;
import io.weft.ffi.Unchecked;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * The software EFA device of {@code native/efa-emulator}, where it is preloaded into this process.
 * It exports {@code int weft_efa_counter(const char *name, uint64_t *value)}.
 */
public final class EmulatedEfa {
  /** How it is called wherever a device is named. */
  public static final String NAME = "emulated (efa_emu0)";

  private static final String SYMBOL = "weft_efa_counter";
  private static final List<String> MOVED = List.of("tx_bytes", "read_bytes", "write_bytes");
  private static final MethodHandle COUNTER =
      NativeLibrary.pointerFunction(CType.intFunction(CType.POINTER, CType.POINTER));

  private EmulatedEfa() {}

  /**
   * Says whether this process has the device.
   *
   * @return true if it has
   */
  public static boolean isThere() {
    return ProcessSymbols.find(SYMBOL) != 0;
  }

  /**
   * Bytes that this process has sent over the device, and those that it read from others or wrote
   * to them by RDMA.
   *
   * @return bytes since the process began
   * @throws IllegalStateException if the device is not there
   */
  public static long bytesMoved() {
    long function = ProcessSymbols.find(SYMBOL);
    if (function == 0) {
      throw new IllegalStateException("no software EFA device is loaded");
    }
    long sum = 0;
    for (String name : MOVED) {
      sum += counter(function, name);
    }
    return sum;
  }

  private static long counter(long function, String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(ValueLayout.JAVA_LONG);
      MemorySegment text = arena.allocateFrom(name);
      int code =
          (int)
              COUNTER.invokeExact(
                  MemorySegment.ofAddress(function), text.address(), value.address());
      if (code != 0) {
        throw new IllegalStateException("the software EFA device has no counter " + name);
      }
      return value.get(ValueLayout.JAVA_LONG, 0);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
