package io.weft.results.upkeep;

import io.weft.results.Digests;
import io.weft.results.Refused;
import io.weft.results.bundle.BundleFile;
import io.weft.results.bundle.Manifest;
import io.weft.results.event.BucketKeys;
import io.weft.results.port.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Brings a bundle back from the bucket. */
public final class Fetcher {
  private final ObjectStore objects;

  /**
   * Makes one.
   *
   * @param objects the bucket
   */
  public Fetcher(ObjectStore objects) {
    this.objects = objects;
  }

  /**
   * Reads a bundle's manifest.
   *
   * @param key of the manifest
   * @return its bytes
   * @throws Refused if it is not there
   * @throws IOException if the bucket cannot be read
   */
  public byte[] manifest(String key) throws IOException, Refused {
    return objects
        .read(key, Manifest.MOST_BYTES)
        .orElseThrow(() -> new Refused(key + " is not in the bucket any more"));
  }

  /**
   * Writes a bundle, each file compared with the manifest, and the manifest last: a folder without
   * it is no bundle.
   *
   * @param key of its manifest
   * @param folder where to; must not be there
   * @throws Refused if what is in the bucket is not what the manifest says
   * @throws IOException if it cannot be read or written
   */
  public void fetch(String key, Path folder) throws IOException, Refused {
    byte[] bytes = manifest(key);
    Manifest manifest = Manifest.parse(bytes);
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.createDirectory(folder);
    for (BundleFile file : manifest.files()) {
      Path to = folder.resolve(file.name());
      Files.createDirectories(to.getParent());
      MessageDigest digest = Digests.sha256();
      try (InputStream in =
          new DigestInputStream(objects.open(BucketKeys.prefixOf(key) + file.name()), digest)) {
        Files.copy(in, to);
      }
      if (!HexFormat.of().formatHex(digest.digest()).equals(file.sha256())) {
        throw new Refused(file.name() + " in the bucket is not what the manifest says");
      }
    }
    Files.write(folder.resolve(Manifest.NAME), bytes, StandardOpenOption.CREATE_NEW);
  }
}
