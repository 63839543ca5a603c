package io.weft.comm;

import io.weft.ffi.NativeMemory;
import io.weft.ffi.ProcessSymbols;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.List;

/** The first instructions of functions that libraries patch to hear of freed memory. */
final class LibcCode {
  private static final List<String> FUNCTIONS = List.of("mmap", "munmap", "mremap", "madvise");
  private static final int BYTES = 16;

  private LibcCode() {}

  /** Each function with its code; equal texts mean that nobody has written there in between. */
  static String now() {
    StringBuilder text = new StringBuilder();
    for (String function : FUNCTIONS) {
      byte[] code = new byte[BYTES];
      long address = ProcessSymbols.find(function);
      for (int i = 0; i < BYTES; i++) {
        code[i] = NativeMemory.EVERYTHING.get(ValueLayout.JAVA_BYTE, address + i);
      }
      text.append(function).append(' ').append(HexFormat.of().formatHex(code)).append('\n');
    }
    return text.toString();
  }
}
