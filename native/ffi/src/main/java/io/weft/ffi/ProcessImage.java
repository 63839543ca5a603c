package io.weft.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;

/** Replaces the program that this process runs ({@code execve(2)}). */
public final class ProcessImage {
  private ProcessImage() {}

  /**
   * Becomes another program: same process, same open files, no return. Shutdown hooks do not run. A
   * launcher that handed this process a file descriptor (MPICH's {@code PMI_FD}) finds it in the
   * new program, as it would not in a child.
   *
   * @param command the program's path, then its arguments
   * @param environment the program's variables
   * @throws NativeCallException if the program cannot be run
   */
  public static void replace(List<String> command, Map<String, String> environment) {
    try (Arena arena = Arena.ofConfined()) {
      List<String> variables =
          environment.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
      MemorySegment path = arena.allocateFrom(command.getFirst());
      Libc.execve(path, strings(arena, command), strings(arena, variables));
    }
  }

  /** A null-terminated array of C strings. */
  private static MemorySegment strings(Arena arena, List<String> values) {
    MemorySegment array = arena.allocate(ValueLayout.JAVA_LONG, values.size() + 1L);
    for (int i = 0; i < values.size(); i++) {
      array.setAtIndex(ValueLayout.JAVA_LONG, i, arena.allocateFrom(values.get(i)).address());
    }
    return array;
  }
}
