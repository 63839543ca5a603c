package io.weft.results.bundle;

import io.weft.results.Digests;
import io.weft.results.Refused;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A file of a bundle, as its manifest names it.
 *
 * @param name its path below the bundle's folder, with slashes
 * @param bytes its length
 * @param sha256 its digest, 64 hexadecimal digits
 */
public record BundleFile(String name, long bytes, String sha256) {
  /** The largest object that S3 has: 5 TiB. */
  public static final long MOST_BYTES = 5L << 40;

  /** With the longest prefix it still is a key of S3, which has at most 1024 bytes. */
  private static final int MOST_NAME_BYTES = 512;

  private static final int MOST_DEPTH = 16;

  /**
   * A file whose name can leave neither the bundle's folder nor the prefix in the bucket.
   *
   * @param name its path below the bundle's folder
   * @param bytes its length
   * @param sha256 its digest
   * @return the file
   * @throws Refused if the name is absolute, has {@code ..} or control characters, or is that of a
   *     manifest; if the length or the digest is none
   */
  public static BundleFile checked(String name, long bytes, String sha256) throws Refused {
    int nameBytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (nameBytes > MOST_NAME_BYTES) {
      throw new Refused("a file's name has " + nameBytes + " bytes, more than " + MOST_NAME_BYTES);
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
      throw new Refused("a file's name is no text: it has half a character");
    }
    List<String> parts = List.of(name.split("/", -1));
    if (parts.size() > MOST_DEPTH) {
      throw new Refused("the file '" + name + "' is more than " + MOST_DEPTH + " folders deep");
    }
    for (String part : parts) {
      if (part.isEmpty()
          || part.equals(".")
          || part.equals("..")
          || part.indexOf('\\') >= 0
          || part.chars().anyMatch(Character::isISOControl)) {
        throw new Refused(
            "the file '"
                + name
                + "' is no path below the bundle: parts without .. and \\, not"
                + " empty");
      }
    }
    if (parts.getLast().toLowerCase(Locale.ROOT).equals(Manifest.NAME)) {
      throw new Refused("the file '" + name + "' has the name of a manifest");
    }
    if (bytes < 0 || bytes > MOST_BYTES) {
      throw new Refused("the file '" + name + "' has " + bytes + " bytes, not 0 to " + MOST_BYTES);
    }
    if (!Digests.isHex(sha256)) {
      throw new Refused("the file '" + name + "' has no SHA-256");
    }
    return new BundleFile(name, bytes, sha256);
  }

  /**
   * The parts of its path.
   *
   * @return folders and, last, the name in them
   */
  List<String> parts() {
    return List.of(name.split("/"));
  }
}
