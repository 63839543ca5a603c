package io.weft.ffi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
  @Test
  void buffersStartOnAPageAndAreZero() {
    try (Arena arena = Arena.ofConfined()) {
      for (long length : new long[] {0, 1, 4095, 4096, 100_000}) {
        MemorySegment buffer = NativeMemory.allocatePages(arena, length);
        assertEquals(length, buffer.byteSize());
        assertEquals(0, buffer.address() % NativeMemory.PAGE_BYTES);
        assertEquals(-1, buffer.mismatch(arena.allocate(length)));
      }
    }
  }

  @Test
  void aNegativeLengthIsNamed() {
    try (Arena arena = Arena.ofConfined()) {
      IllegalArgumentException wrong =
          assertThrows(IllegalArgumentException.class, () -> NativeMemory.allocatePages(arena, -1));
      assertEquals("lengthBytes is -1, less than 0", wrong.getMessage());
    }
  }

  @Test
  void readsWhatCHandedOut() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom("weft");
      MemorySegment pointer = arena.allocateFrom(ValueLayout.JAVA_LONG, text.address());
      assertEquals(text.address(), NativeMemory.pointerAt(pointer.address()));
      assertEquals("weft", NativeMemory.stringAt(text.address()));
      assertNull(NativeMemory.stringAt(0));
    }
  }
}
