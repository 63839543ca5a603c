package io.weft.results.catalog;

import io.weft.results.Refused;
import java.math.BigInteger;
import java.util.Locale;

/**
 * The order of a key's changes. S3 compares sequencers as texts after the shorter was padded with
 * zeros at its right (Amazon S3 User Guide, "Event message structure"); here all are padded to one
 * length, so that a store can compare them.
 */
public final class Sequencer {
  /** Those of S3 have 16 to 18 digits. */
  private static final int LENGTH = 64;

  private static final int RADIX = 16;

  /** Before all that S3 gives. */
  public static final String FIRST = "0".repeat(LENGTH);

  private Sequencer() {}

  /**
   * Pads a sequencer.
   *
   * @param text hexadecimal digits, as an event has them
   * @return a text that compares as changes do
   * @throws Refused if it is none
   */
  public static String padded(String text) throws Refused {
    if (!text.matches("[0-9A-Fa-f]{1," + LENGTH + "}")) {
      throw new Refused("its sequencer is no 1 to " + LENGTH + " hexadecimal digits");
    }
    return text.toUpperCase(Locale.ROOT) + "0".repeat(LENGTH - text.length());
  }

  /**
   * Of a change that no event told of: after a known one and before all that S3 gives later, whose
   * digits are far from the last place.
   *
   * @param padded a sequencer
   * @return the next
   */
  public static String justAfter(String padded) {
    return String.format(
            "%" + LENGTH + "s", new BigInteger(padded, RADIX).add(BigInteger.ONE).toString(RADIX))
        .replace(' ', '0')
        .toUpperCase(Locale.ROOT);
  }
}
