package io.weft.cli;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** JSON as {@code weft} writes and reads it. */
public final class Json {
  /** Reads and writes as {@code weft} does. */
  public static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  /**
   * Text for people and programs.
   *
   * @param node what to write
   * @return indented JSON
   */
  public static String text(JsonNode node) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
  }
}
