package io.weft.results;

import java.time.DateTimeException;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON that others wrote: bounded in depth and in the length of its texts, no name twice, nothing
 * behind its end; and each value of the type that is asked for, or refused with its name.
 */
public final class StrictJson {
  private static final int MOST_DEPTH = 32;
  private static final long MOST_TOKENS = 2_000_000;
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
  private static final int MOST_DIGITS = 40;
  private static final int MOST_TEXT = 1 << 16;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MOST_DEPTH)
                          .maxTokenCount(MOST_TOKENS)
                          .maxNumberLength(MOST_DIGITS)
                          .maxStringLength(MOST_TEXT)
                          .maxNameLength(MOST_TEXT)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /**
   * Reads an object.
   *
   * @param what its name in the refusal
   * @param text JSON
   * @param mostCharacters what is longer is refused before it is looked at
   * @return the object
   * @throws Refused if it is malformed, too long or no object
   */
  public static JsonNode object(String what, String text, int mostCharacters) throws Refused {
    if (text.length() > mostCharacters) {
      throw new Refused(
          what + " has " + text.length() + " characters, more than " + mostCharacters);
    }
    JsonNode node;
    try {
      node = MAPPER.readTree(text);
    } catch (JacksonException malformed) {
      throw new Refused(what + " is no JSON: " + malformed.getOriginalMessage());
    }
    if (node == null || !node.isObject()) {
      throw new Refused(what + " is no JSON object");
    }
    return node;
  }

  /**
   * A part that is an object.
   *
   * @param parent where
   * @param name its name
   * @return the object
   * @throws Refused if it is none
   */
  public static JsonNode object(JsonNode parent, String name) throws Refused {
    JsonNode node = parent.path(name);
    if (!node.isObject()) {
      throw new Refused("its " + name + " is no object");
    }
    return node;
  }

  /**
   * A part that is a text.
   *
   * @param parent where
   * @param name its name
   * @param mostCharacters the longest it may be
   * @return the text, without control characters
   * @throws Refused if it is none, too long, or has control characters
   */
  public static String string(JsonNode parent, String name, int mostCharacters) throws Refused {
    JsonNode node = parent.path(name);
    if (!node.isString() || node.asString().length() > mostCharacters) {
      throw new Refused("its " + name + " is no text of at most " + mostCharacters + " characters");
    }
    String text = node.asString();
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new Refused("its " + name + " has control characters");
    }
    return text;
  }

  /**
   * A part that is a whole number.
   *
   * @param parent where
   * @param name its name
   * @param least the smallest it may be
   * @param most the largest it may be
   * @return the number
   * @throws Refused if it is none, or outside of that
   */
  public static long number(JsonNode parent, String name, long least, long most) throws Refused {
    JsonNode node = parent.path(name);
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw new Refused("its " + name + " is no whole number");
    }
    long value = node.asLong();
    if (value < least || value > most) {
      throw new Refused("its " + name + " is not within " + least + " and " + most);
    }
    return value;
  }

  /**
   * A part that is a SHA-256.
   *
   * @param parent where
   * @param name its name
   * @return 64 hexadecimal digits
   * @throws Refused if it is none
   */
  public static String sha256(JsonNode parent, String name) throws Refused {
    String text = string(parent, name, MOST_TEXT);
    if (!Digests.isHex(text)) {
      throw new Refused("its " + name + " is no SHA-256 of 64 small hexadecimal digits");
    }
    return text;
  }

  /**
   * A part that is a time.
   *
   * @param parent where
   * @param name its name
   * @return the time
   * @throws Refused if it is none in ISO 8601, or not of the years 1970 to 9999, which others can
   *     write
   */
  public static Instant time(JsonNode parent, String name) throws Refused {
    try {
      Instant time = Instant.parse(string(parent, name, 64));
      if (time.isBefore(Instant.EPOCH) || time.isAfter(LAST)) {
        throw new Refused("its " + name + " is no time from 1970 to 9999");
      }
      return time;
    } catch (DateTimeException malformed) {
      throw new Refused("its " + name + " is no time in ISO 8601");
    }
  }
}
