package io.weft.results.ship;

import io.weft.results.Digests;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The digests of a file that is read part by part: of the whole, and the digest of its parts'
 * digests that S3 keeps of an object that was uploaded in parts. Confined to one thread.
 */
final class PartDigests {
  private final MessageDigest whole = Digests.sha256();
  private final MessageDigest ofParts = Digests.sha256();
  private int parts;

  /** Takes the next part; gives its digest in base64. */
  String add(byte[] buffer, int length) {
    whole.update(buffer, 0, length);
    MessageDigest part = Digests.sha256();
    part.update(buffer, 0, length);
    byte[] digest = part.digest();
    ofParts.update(digest);
    parts++;
    return Base64.getEncoder().encodeToString(digest);
  }

  /** The digest of the whole, in hexadecimal digits; nothing may be added afterwards. */
  String whole() {
    return HexFormat.of().formatHex(whole.digest());
  }

  /** What the bucket says of the object; nothing may be added afterwards. */
  String composite() {
    return Base64.getEncoder().encodeToString(ofParts.digest()) + "-" + parts;
  }

  /** A hexadecimal digest as S3 writes it. */
  static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }
}
