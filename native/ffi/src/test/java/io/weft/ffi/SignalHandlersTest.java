package io.weft.ffi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalHandlersTest {
  private static final int SIGSEGV = 11;
  private static final int SIGTERM = 15;
  private static final int DEADLINE_SECONDS = 60;

  /** The opposite of what it is for: a library that resets handlers to the default. */
  private static void spoil() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment defaults = arena.allocate(SignalHandlers.ACTION_BYTES, 16);
      Libc.sigaction(SIGSEGV, defaults.address(), 0);
      Libc.sigaction(SIGTERM, defaults.address(), 0);
    }
  }

  /** The handlers' addresses; glibc leaves parts of the structure unwritten. */
  private static String handlers() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment action = arena.allocate(SignalHandlers.ACTION_BYTES, 16);
      Libc.sigaction(SIGSEGV, 0, action.address());
      long segv = action.get(ValueLayout.JAVA_LONG, 0);
      Libc.sigaction(SIGTERM, 0, action.address());
      return Long.toHexString(segv) + " " + Long.toHexString(action.get(ValueLayout.JAVA_LONG, 0));
    }
  }

  @Test
  void handlersAreBackAfterTheCallAndAfterAnException() {
    String before = handlers();
    SignalHandlers.preserve(
        () -> {
          spoil();
          assertNotEquals(before, handlers(), "spoiling had no effect");
          return null;
        });
    assertEquals(before, handlers());
    assertThrows(
        IllegalStateException.class,
        () ->
            SignalHandlers.preserve(
                () -> {
                  spoil();
                  throw new IllegalStateException();
                }));
    assertEquals(before, handlers());
  }

  /** The second call begins while the first one's library has its handlers in force. */
  @Test
  void handlersAreBackAfterCallsThatOverlap() throws InterruptedException {
    String before = handlers();
    CountDownLatch spoiled = new CountDownLatch(1);
    CountDownLatch firstMayEnd = new CountDownLatch(1);
    Thread first =
        Thread.ofPlatform()
            .start(
                () ->
                    SignalHandlers.preserve(
                        () -> {
                          spoil();
                          spoiled.countDown();
                          return await(firstMayEnd);
                        }));
    assertTrue(await(spoiled));
    boolean ended =
        SignalHandlers.preserve(
            () -> {
              firstMayEnd.countDown();
              try {
                return first.join(Duration.ofSeconds(DEADLINE_SECONDS));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    assertTrue(ended);
    assertEquals(before, handlers());
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(DEADLINE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Without preserve the JVM dies of its first compiled null check, which shows what it is for. */
  @Test
  void compiledNullChecksSurviveOnlyWithPreserve() throws IOException, InterruptedException {
    assertEquals(0, nullChecks("preserve"));
    int status = nullChecks("spoil");
    assertEquals(128 + SIGSEGV, status, "a JVM without its handler should have died");
  }

  private static int nullChecks(String how) throws IOException, InterruptedException {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:-CreateCoredumpOnCrash",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                NullChecks.class.getName(),
                how)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!jvm.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      jvm.destroyForcibly();
      throw new AssertionError("null checks hang");
    }
    return jvm.exitValue();
  }

  @Test
  void aProcessCanBecomeAnotherProgram() throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Becomes.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), output);
    assertEquals("one two=" + process.pid() + "\n", output);
  }

  /** Provokes implicit null checks in compiled code. */
  static final class NullChecks {
    private NullChecks() {}

    private static int length(String text) {
      try {
        return text.length();
      } catch (NullPointerException expected) {
        return -1;
      }
    }

    public static void main(String[] arguments) {
      if (arguments[0].equals("spoil")) {
        spoil();
      } else {
        SignalHandlers.preserve(
            () -> {
              spoil();
              return null;
            });
      }
      int nulls = 0;
      // Compiled first without null in sight, so that the check is a trap and no comparison.
      for (int i = 0; i < 200_000; i++) {
        nulls += length("x") < 0 ? 1 : 0;
      }
      for (int i = 0; i < 1000; i++) {
        nulls += length(null) < 0 ? 1 : 0;
      }
      System.exit(nulls == 1000 ? 0 : 1);
    }
  }

  /** Replaces itself by a shell that prints its argument, a variable and its process id. */
  static final class Becomes {
    private Becomes() {}

    public static void main(String[] arguments) {
      ProcessImage.replace(
          List.of("/bin/sh", "-c", "echo \"$0 $VALUE=$$\"", "one"), Map.of("VALUE", "two"));
    }
  }
}
