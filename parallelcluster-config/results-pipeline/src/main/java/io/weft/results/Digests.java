package io.weft.results;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, as hexadecimal digits in events and manifests. */
public final class Digests {
  private static final String SHA256_HEX = "[0-9a-f]{64}";

  private Digests() {}

  /**
   * A new digest.
   *
   * @return an empty SHA-256
   */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /**
   * The digest of bytes.
   *
   * @param bytes what to digest
   * @return 64 hexadecimal digits
   */
  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  /**
   * The digest of a text in UTF-8.
   *
   * @param text what to digest
   * @return 64 hexadecimal digits
   */
  public static String hex(String text) {
    return hex(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Says whether a text is a digest.
   *
   * @param text what to look at
   * @return true for 64 small hexadecimal digits
   */
  public static boolean isHex(String text) {
    return text.matches(SHA256_HEX);
  }
}
