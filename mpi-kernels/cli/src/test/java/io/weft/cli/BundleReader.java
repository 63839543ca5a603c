package io.weft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Reads a bundle as whoever gets one does: trusts the manifest, after it has held it to the files.
 */
final class BundleReader {
  private BundleReader() {}

  /** The result of a bundle that is whole. */
  static JsonNode result(Path bundle) throws IOException {
    return result(bundle, List.of("manifest.json", "report.txt", "result.json"));
  }

  /** The same of one with these files, in order of their names. */
  static JsonNode result(Path bundle, List<String> files) throws IOException {
    JsonNode manifest = read(bundle.resolve("manifest.json"));
    assertEquals(2, manifest.get("format").asInt());
    assertEquals(files, names(bundle), "files of " + bundle);
    for (JsonNode entry : manifest.get("files")) {
      Path file = bundle.resolve(entry.get("name").asString());
      byte[] bytes = Files.readAllBytes(file);
      assertEquals(bytes.length, entry.get("bytes").asInt(), "length of " + file);
      assertEquals(sha256(bytes), entry.get("sha256").asString(), "digest of " + file);
      assertFalse(
          Files.getLastModifiedTime(file)
                  .compareTo(Files.getLastModifiedTime(bundle.resolve("manifest.json")))
              > 0,
          file + " is newer than the manifest");
    }
    assertEquals(files.size() - 1, manifest.get("files").size());
    return read(bundle.resolve("result.json"));
  }

  /** The only bundle in {@code weft-out}. */
  static Path only(Path directory) throws IOException {
    List<String> names = names(directory.resolve("weft-out"));
    assertEquals(1, names.size(), "bundles: " + names);
    return directory.resolve("weft-out").resolve(names.getFirst());
  }

  static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private static JsonNode read(Path file) throws IOException {
    return Json.MAPPER.readTree(Files.readString(file));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
