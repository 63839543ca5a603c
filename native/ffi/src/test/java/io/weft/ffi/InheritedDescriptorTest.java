package io.weft.ffi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Both ends of a socket pair, known by their numbers. */
@Timeout(30)
class InheritedDescriptorTest {
  private static final int AF_UNIX = 1;
  private static final int SOCK_STREAM = 1;
  private static final int EBADF = 9;

  private static final MethodHandle SOCKETPAIR =
      NativeLibrary.open("libc.so.6")
          .function(
              "socketpair", CType.intFunction(CType.INT, CType.INT, CType.INT, CType.POINTER));

  private int number;
  private InheritedDescriptor here;
  private InheritedDescriptor there;

  @BeforeEach
  void open() throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pair = arena.allocate(ValueLayout.JAVA_INT, 2);
      assertEquals(0, (int) SOCKETPAIR.invokeExact(AF_UNIX, SOCK_STREAM, 0, pair.address()));
      number = pair.getAtIndex(ValueLayout.JAVA_INT, 0);
      here = new InheritedDescriptor(number);
      there = new InheritedDescriptor(pair.getAtIndex(ValueLayout.JAVA_INT, 1));
    }
  }

  private static long in(long millis) {
    return System.nanoTime() + millis * 1_000_000;
  }

  @Test
  void bytesArriveUntilTheEnd() {
    byte[] target = new byte[5];
    assertTrue(here.write(new byte[] {1, 2, 3, 4, 5, 6}, in(10_000)));
    assertEquals(5, there.read(target, in(10_000)));
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5}, target);
    assertEquals(1, there.read(target, in(10_000)));
    assertEquals(6, target[0]);
    here.close();
    here.close();
    assertEquals(-1, there.read(target, in(10_000)));
    there.close();
  }

  @Test
  void nothingComesAndNothingGoes() {
    long begin = System.nanoTime();
    assertEquals(0, here.read(new byte[1], in(50)));
    assertTrue(System.nanoTime() - begin >= 50_000_000, "it did not wait");
    byte[] much = new byte[4096];
    Arrays.fill(much, (byte) 7);
    int times = 0;
    while (here.write(much, in(50))) {
      assertTrue(++times < 10_000, "nobody reads, and all is taken");
    }
    here.close();
    there.close();
  }

  @Test
  void whatIsWrongIsTold() {
    assertThrows(IllegalArgumentException.class, () -> new InheritedDescriptor(-1));
    assertThrows(
        IOException.class, () -> Files.newInputStream(Path.of("/proc/self/fd/" + number)).close());
    there.close();
    // The kernel's answer, not a signal that ends the process.
    assertFalse(
        assertThrows(NativeCallException.class, () -> here.write(new byte[1], in(1000)))
            .getMessage()
            .isEmpty());
    here.close();
    NativeCallException closed =
        assertThrows(
            NativeCallException.class,
            () -> new InheritedDescriptor(1_000_000).read(new byte[1], in(1000)));
    assertEquals(EBADF, closed.errno());
  }
}
