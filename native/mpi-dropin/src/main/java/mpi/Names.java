package mpi;

import io.weft.mpi.ffm.MpiConstant;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Names of objects as C takes them. */
final class Names {
  private Names() {}

  /** Cut off where the longest ends, at the border of a character. */
  static long place(String function, Scratch scratch, String name) {
    Errors.notNull(function, "name", name);
    int most = Lib.value(MpiConstant.MPI_MAX_OBJECT_NAME) - 1;
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= most) {
      return scratch.text(name);
    }
    int end = most;
    while (end > 0 && (bytes[end] & 0xc0) == 0x80) {
      end--;
    }
    return scratch.text(new String(Arrays.copyOf(bytes, end), StandardCharsets.UTF_8));
  }
}
