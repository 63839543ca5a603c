package io.weft.ffi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.junit.jupiter.api.Test;

class NativeLibraryTest {
  private final NativeLibrary math = NativeLibrary.open("libm.so.6");

  @Test
  void callsAFunction() throws Throwable {
    MethodHandle ilogb =
        math.function("ilogb", FunctionDescriptor.of(CType.INT, ValueLayout.JAVA_DOUBLE));
    assertEquals(10, (int) ilogb.invokeExact(1024.0));
  }

  @Test
  void callsThroughAPointer() throws Throwable {
    MethodHandle handle =
        NativeLibrary.pointerFunction(FunctionDescriptor.of(CType.INT, ValueLayout.JAVA_DOUBLE));
    MemorySegment ilogb = MemorySegment.ofAddress(math.address("ilogb"));
    assertEquals(-1, (int) handle.invokeExact(ilogb, 0.5));
  }

  @Test
  void aVersionIsHonoured() {
    assertNotEquals(0, math.address("ilogb", "GLIBC_2.2.5"));
    NativeLibraryException missing =
        assertThrows(NativeLibraryException.class, () -> math.address("ilogb", "GLIBC_9.9"));
    assertEquals("libm.so.6 exports no ilogb@GLIBC_9.9", missing.getMessage());
  }

  @Test
  void aMissingLibraryCarriesTheLinkersText() {
    NativeLibraryException missing =
        assertThrows(NativeLibraryException.class, () -> NativeLibrary.open("libweft-none.so"));
    assertTrue(missing.getMessage().contains("libweft-none.so"), missing.getMessage());
    assertTrue(missing.getMessage().contains("No such file"), missing.getMessage());
  }

  @Test
  void aMissingSymbolIsNamed() {
    assertFalse(math.exports("weft_none"));
    NativeLibraryException missing =
        assertThrows(NativeLibraryException.class, () -> math.address("weft_none"));
    assertEquals("libm.so.6 exports no weft_none", missing.getMessage());
  }

  @Test
  void knowsTheFileThatWasMapped() {
    assertTrue(math.path("ilogb").matches("/.*/libm\\.so\\.6"), math.path("ilogb"));
  }
}
