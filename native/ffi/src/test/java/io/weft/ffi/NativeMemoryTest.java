package io.weft.ffi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
  @Test
  void buffersStartOnAPageAndAreZero() {
    try (Arena arena = Arena.ofConfined()) {
      for (long length : new long[] {0, 1, 4095, 4096, 100_000, (2 << 20) + 1, 5 << 20}) {
        MemorySegment buffer = NativeMemory.allocatePages(arena, length);
        assertEquals(length, buffer.byteSize());
        assertEquals(0, buffer.address() % NativeMemory.PAGE_BYTES);
        assertEquals(-1, buffer.mismatch(arena.allocate(length)));
      }
    }
  }

  /** What the kernel says of the mapping that holds an address; null if there is none. */
  private static List<String> mapping(long address) throws IOException {
    List<String> found = null;
    for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
      if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
        String[] range = line.substring(0, line.indexOf(' ')).split("-");
        boolean holds =
            Long.parseUnsignedLong(range[0], 16) <= address
                && address < Long.parseUnsignedLong(range[1], 16);
        if (!holds && found != null) {
          return found;
        }
        found = holds ? new ArrayList<>() : null;
      }
      if (found != null) {
        found.add(line);
      }
    }
    return found;
  }

  @Test
  void largeMemoryAsksForHugePagesAndIsUnmapped() throws Exception {
    long address;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment large = NativeMemory.allocatePages(arena, 6_000_000);
      address = large.address();
      assertEquals(0, address % (2 << 20));
      large.set(ValueLayout.JAVA_BYTE, large.byteSize() - 1, (byte) 7);
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> large.set(ValueLayout.JAVA_BYTE, large.byteSize(), (byte) 7));
      if (Files.exists(Path.of("/sys/kernel/mm/transparent_hugepage/enabled"))) {
        String flags =
            mapping(address).stream().filter(l -> l.startsWith("VmFlags:")).findFirst().get();
        assertTrue((flags + " ").contains(" hg "), flags);
      } else {
        System.out.println("[skipped] NativeMemoryTest: huge pages: this kernel has none");
      }
    }
    List<String> after = mapping(address);
    assertTrue(
        after == null || !(String.join(" ", after) + " ").contains(" hg "), () -> "" + after);
  }

  @Test
  void directBuffersAreZeroAndAsLongAsAsked() throws Exception {
    for (int capacity : new int[] {0, 5, 1 << 20, 2 << 20, (4 << 20) + 3}) {
      ByteBuffer buffer = NativeMemory.allocateDirect(capacity);
      assertTrue(buffer.isDirect());
      assertEquals(capacity, buffer.capacity());
      assertEquals(0, buffer.position());
      assertEquals(capacity, buffer.limit());
      MemorySegment bytes = MemorySegment.ofBuffer(buffer);
      assertEquals(-1, bytes.mismatch(MemorySegment.ofArray(new byte[capacity])));
      bytes.fill((byte) 3);
      for (int i = 0; i < capacity; i++) {
        if (buffer.get(i) != 3) {
          throw new AssertionError("byte " + i);
        }
      }
      if (capacity >= 2 << 20 && Files.exists(Path.of("/sys/kernel/mm/transparent_hugepage"))) {
        String said = String.join(" ", mapping(bytes.address())) + " ";
        assertTrue(said.contains(" hg "), said);
      }
    }
    assertThrows(IllegalArgumentException.class, () -> NativeMemory.allocateDirect(-1));
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
