package io.weft.results.ship;

import io.weft.results.Digests;
import io.weft.results.bundle.BundleFile;
import io.weft.results.port.ObjectStore;
import io.weft.results.port.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/** Says whether an object is the file that a manifest means. */
public final class Verifier {
  private final ObjectStore objects;

  /**
   * Looks into a bucket.
   *
   * @param objects the bucket
   */
  public Verifier(ObjectStore objects) {
    this.objects = objects;
  }

  /** What is in the bucket under a key. */
  public enum Found {
    /** Nothing. */
    ABSENT,
    /** The file. */
    EQUAL,
    /** Something else. */
    DIFFERENT
  }

  /**
   * Compares. An object that went in one piece is compared by the digest that the bucket took of
   * it; one that went in parts has only a digest of digests there, and is read.
   *
   * @param key where
   * @param file what should be there
   * @return what is there
   * @throws IOException if the bucket cannot be asked
   */
  public Found compare(String key, BundleFile file) throws IOException {
    Optional<StoredObject> stored = objects.head(key);
    if (stored.isEmpty()) {
      return Found.ABSENT;
    }
    if (stored.get().bytes() != file.bytes()) {
      return Found.DIFFERENT;
    }
    String expected = PartDigests.base64(file.sha256());
    if (stored.get().partBytes() == 0 && stored.get().checksum() != null) {
      return expected.equals(stored.get().checksum()) ? Found.EQUAL : Found.DIFFERENT;
    }
    return sha256(key).equals(file.sha256()) ? Found.EQUAL : Found.DIFFERENT;
  }

  private String sha256(String key) throws IOException {
    MessageDigest digest = Digests.sha256();
    try (InputStream in = new DigestInputStream(objects.open(key), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
