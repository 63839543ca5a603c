package io.weft.comm.fabric;

import io.weft.comm.Bootstrap;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Exchanges what each rank has, or why it has nothing, so that a failure of one rank ends the
 * opening on all of them instead of leaving the others to wait.
 */
final class Agreement {
  private static final byte GOOD = 1;
  private static final byte BAD = 0;

  private Agreement() {}

  /** Another rank could not go on. */
  static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  /** Gives every rank's bytes, or throws what the first failing rank had to say. */
  static byte[][] exchange(Bootstrap bootstrap, byte[] mine) {
    byte[][] all = bootstrap.allgather(marked(GOOD, mine));
    for (int rank = 0; rank < all.length; rank++) {
      if (all[rank][0] == BAD) {
        throw new RefusedException(
            "rank "
                + rank
                + ": "
                + new String(all[rank], 1, all[rank].length - 1, StandardCharsets.UTF_8));
      }
      all[rank] = Arrays.copyOfRange(all[rank], 1, all[rank].length);
    }
    return all;
  }

  /** Takes part in the others' {@link #exchange} with a reason for going no further. */
  static void refuse(Bootstrap bootstrap, String reason) {
    bootstrap.allgather(marked(BAD, reason.getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] marked(byte mark, byte[] bytes) {
    byte[] result = new byte[bytes.length + 1];
    result[0] = mark;
    System.arraycopy(bytes, 0, result, 1, bytes.length);
    return result;
  }
}
