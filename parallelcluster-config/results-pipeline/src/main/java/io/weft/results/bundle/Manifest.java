package io.weft.results.bundle;

import io.weft.results.Digests;
import io.weft.results.Refused;
import io.weft.results.StrictJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a bundle's {@value #NAME} says: every file with its length and digest.
 *
 * @param sha256 the digest of the manifest itself, 64 hexadecimal digits
 * @param bytes its length
 * @param files the files, in its order
 */
public record Manifest(String sha256, long bytes, List<BundleFile> files) {
  /** The name of the file. */
  public static final String NAME = "manifest.json";

  /** The file that says what ran; every bundle has it. */
  public static final String RESULT = "result.json";

  /** Some 100,000 files. */
  public static final int MOST_BYTES = 16 << 20;

  private static final int MOST_FILES = 100_000;
  private static final int MOST_NAME = 4096;

  /** As {@code weft run} writes it. */
  private static final int FORMAT = 2;

  /** Keeps its own list. */
  public Manifest {
    files = List.copyOf(files);
  }

  /**
   * Reads a manifest.
   *
   * @param content the file
   * @return what it says
   * @throws Refused if it is none, too large, of another format, or names what is no file of a
   *     bundle
   */
  public static Manifest parse(byte[] content) throws Refused {
    if (content.length > MOST_BYTES) {
      throw new Refused(NAME + " has " + content.length + " bytes, more than " + MOST_BYTES);
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException malformed) {
      throw new Refused(NAME + " is no UTF-8");
    }
    JsonNode node = StrictJson.object(NAME, text, MOST_BYTES);
    long format = StrictJson.number(node, "format", 0, Integer.MAX_VALUE);
    if (format != FORMAT) {
      throw new Refused(NAME + " has format " + format + ", and " + FORMAT + " can be read");
    }
    return new Manifest(Digests.hex(content), content.length, files(node));
  }

  /**
   * The files that a manifest, or an event that repeats it, lists.
   *
   * @param node what has the array {@code files}
   * @return the files
   * @throws Refused if one is no file of a bundle, is there twice, or there is no {@value #RESULT}
   */
  public static List<BundleFile> files(JsonNode node) throws Refused {
    JsonNode array = node.path("files");
    if (!array.isArray() || array.size() > MOST_FILES) {
      throw new Refused("its files are no array of at most " + MOST_FILES);
    }
    List<BundleFile> files = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode file : array) {
      BundleFile one =
          BundleFile.checked(
              StrictJson.string(file, "name", MOST_NAME),
              StrictJson.number(file, "bytes", 0, BundleFile.MOST_BYTES),
              StrictJson.sha256(file, "sha256"));
      if (!names.add(one.name())) {
        throw new Refused("the file '" + one.name() + "' is listed twice");
      }
      files.add(one);
    }
    if (!names.contains(RESULT)) {
      throw new Refused("no file " + RESULT + " is listed");
    }
    return files;
  }

  /**
   * The length of all files together.
   *
   * @return bytes, without the manifest's own
   */
  public long fileBytes() {
    return files.stream().mapToLong(BundleFile::bytes).sum();
  }
}
