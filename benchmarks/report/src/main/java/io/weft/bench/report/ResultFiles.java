package io.weft.bench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes result files. Whatever is read has been looked through: a file with a member
 * that this version does not know is refused like one that lacks a member, for nobody can say
 * whether its numbers still mean the same. What is written is looked through too.
 */
public final class ResultFiles {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final String MEASURE_AGAIN =
      "it is not as scripts/bench writes it: measure again, or take the file as it was written";

  private ResultFiles() {}

  /**
   * Reads a file.
   *
   * @param file which
   * @return its content, complete and plausible
   * @throws ResultFileException if there is no such file, or it is empty, broken, of another kind
   *     or version, lacks something, or holds what cannot have been measured
   */
  public static ResultFile read(Path file) {
    JsonNode tree = tree(file, text(file));
    checkKind(file, tree);
    new Shape(file, MEASURE_AGAIN).check(tree, ResultFile.class, "");
    ResultFile result = MAPPER.treeToValue(tree, ResultFile.class);
    new Plausibility(file, MEASURE_AGAIN).check(result);
    return result;
  }

  /**
   * Writes a file, whole or not at all; one that is there already is replaced.
   *
   * @param file where to; its folder is made where it is missing
   * @param result what
   * @throws ResultFileException if the result holds what cannot have been measured
   * @throws IOException if it cannot be written there
   */
  public static void write(Path file, ResultFile result) throws IOException {
    new Plausibility(file, "nothing was written: this is a defect of what measured it")
        .check(result);
    WholeFile.write(file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(result));
  }

  private static String text(Path file) {
    if (Files.isDirectory(file)) {
      throw new ResultFileException(file, "is a folder", "name a file in it");
    }
    if (!Files.exists(file)) {
      throw new ResultFileException(
          file, "is not there", "name a file that scripts/bench has written");
    }
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      if (text.isBlank()) {
        throw new ResultFileException(
            file, "is empty", "the run that was to write it did not end: measure again");
      }
      return text;
    } catch (IOException e) {
      throw new ResultFileException(
          file, "cannot be read as text (" + e + ")", "make it readable, or name another");
    }
  }

  private static JsonNode tree(Path file, String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      throw new ResultFileException(
          file,
          "is no JSON from line %d, column %d on: %s"
              .formatted(at.getLineNr(), at.getColumnNr(), e.getOriginalMessage()),
          "take the file as it was written, or measure again");
    }
  }

  private static void checkKind(Path file, JsonNode tree) {
    JsonNode format = tree.path("format");
    if (!format.isString() || !format.stringValue().equals(ResultFile.FORMAT)) {
      boolean jmh = tree.path(0).has("primaryMetric");
      throw new ResultFileException(
          file,
          "is no result of Weft's benchmarks: "
              + (jmh ? "it is JMH's own" : "its \"format\" is not \"" + ResultFile.FORMAT + "\""),
          "name a file that scripts/bench has written"
              + (jmh ? ", which holds all rounds and what the network was found to be" : ""));
    }
    JsonNode version = tree.path("version");
    if (!version.isInt() || version.intValue() != ResultFile.VERSION) {
      throw new ResultFileException(
          file,
          "is of version %s, and this weft reads version %d"
              .formatted(version.isMissingNode() ? "unknown" : version, ResultFile.VERSION),
          "read it with the weft that measured it, or measure again");
    }
  }
}
