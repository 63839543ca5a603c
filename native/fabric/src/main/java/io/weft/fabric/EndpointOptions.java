package io.weft.fabric;

import io.weft.fabric.ffm.Operations;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Reads and writes an endpoint's settings; each is a {@code size_t}. */
final class EndpointOptions {
  private EndpointOptions() {}

  static long get(FabricInfo info, long endpoint, EndpointOption option) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(ValueLayout.JAVA_LONG);
      MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_LONG, Long.BYTES);
      int code =
          Operations.option(
              Operations.FI_GETOPT, endpoint, option.value(), value.address(), length.address());
      info.checkOffered(Operations.FI_GETOPT.name(), code, option.libraryName());
      return value.get(ValueLayout.JAVA_LONG, 0);
    }
  }

  static void set(FabricInfo info, long endpoint, EndpointOption option, long value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment given = arena.allocateFrom(ValueLayout.JAVA_LONG, value);
      int code =
          Operations.option(
              Operations.FI_SETOPT, endpoint, option.value(), given.address(), Long.BYTES);
      info.checkOffered(Operations.FI_SETOPT.name(), code, option.libraryName());
    }
  }
}
