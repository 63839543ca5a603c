package io.weft.ffi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Memory of other processes, and memory that they share. */
class ProcessMemoryTest {
  private static final int EFAULT = 14;
  private static final int EPERM = 1;
  private static final int ENOSYS = 38;
  private static final int ESRCH = 3;

  @Test
  void readsWhatLiesThere() {
    try (Arena arena = Arena.ofConfined()) {
      ProcessMemory.allowReaders();
      ProcessMemory self = new ProcessMemory(ProcessHandle.current().pid(), arena);
      MemorySegment from = arena.allocate(100_000);
      MemorySegment to = arena.allocate(100_001);
      for (int i = 0; i < 100_000; i++) {
        from.set(ValueLayout.JAVA_BYTE, i, (byte) (i * 7));
      }
      readOrSkip(self, to, 1, from.address(), 100_000);
      assertEquals(-1, MemorySegment.mismatch(from, 0, 100_000, to, 1, 100_001));
      assertEquals(0, to.get(ValueLayout.JAVA_BYTE, 0));
      assertTrue(self.isAlive());
    }
  }

  /** Some containers forbid the call altogether. */
  private static void readOrSkip(
      ProcessMemory process, MemorySegment to, long offset, long address, long length) {
    try {
      process.read(to, offset, address, length);
    } catch (NativeCallException forbidden) {
      if (forbidden.errno() == EPERM || forbidden.errno() == ENOSYS) {
        System.out.println("[skipped] ProcessMemoryTest: " + forbidden.getMessage());
        Assumptions.abort(forbidden.getMessage());
      }
      throw forbidden;
    }
  }

  @Test
  void whatIsNotThereIsAnError() throws Exception {
    try (Arena arena = Arena.ofConfined()) {
      ProcessMemory self = new ProcessMemory(ProcessHandle.current().pid(), arena);
      MemorySegment to = arena.allocate(8);
      readOrSkip(self, to, 0, arena.allocate(8).address(), 8);
      NativeCallException nothing =
          assertThrows(NativeCallException.class, () -> self.read(to, 0, 8, 8));
      assertEquals(EFAULT, nothing.errno());
      Process child = new ProcessBuilder("sleep", "60").start();
      ProcessMemory other = new ProcessMemory(child.pid(), arena);
      assertTrue(other.isAlive());
      child.destroyForcibly().waitFor();
      assertFalse(other.isAlive());
      NativeCallException gone =
          assertThrows(NativeCallException.class, () -> other.read(to, 0, 8, 8));
      assertEquals(ESRCH, gone.errno());
    }
  }

  @Test
  void sharedMemoryIsTheSameWhereverItIsMapped() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      Path path;
      MemorySegment one;
      MemorySegment two;
      try (SharedMemory memory = SharedMemory.create("weft-test")) {
        path = memory.path();
        one = SharedMemory.map(path, 10_000, arena);
        two = SharedMemory.map(path, 10_000, arena);
      }
      one.set(ValueLayout.JAVA_INT, 8000, 41);
      assertEquals(41, two.get(ValueLayout.JAVA_INT, 8000));
      assertThrows(NoSuchFileException.class, () -> SharedMemory.map(path, 10_000, arena));
    }
  }
}
