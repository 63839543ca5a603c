package io.weft.cli.spool;

import io.weft.launch.JobIdentity;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON of markers and notes, which others write too: nothing in it is taken for granted. */
final class SpoolJson {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Of markers and notes alike. */
  static final int VERSION = 1;

  private SpoolJson() {}

  static String text(JsonNode node) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
  }

  /** An object of our version. */
  static JsonNode object(String text) {
    JsonNode node;
    try {
      node = MAPPER.readTree(text);
    } catch (JacksonException malformed) {
      throw new IllegalArgumentException("it is no JSON: " + malformed.getOriginalMessage());
    }
    if (node == null || !node.isObject()) {
      throw new IllegalArgumentException("it is no JSON object");
    }
    if (node.path("version").asInt(-1) != VERSION) {
      throw new IllegalArgumentException(
          "its version is " + node.path("version") + ", and " + VERSION + " can be read");
    }
    return node;
  }

  static String string(JsonNode object, String name, int mostCharacters) {
    JsonNode value = object.path(name);
    if (!value.isString() || value.asString().length() > mostCharacters) {
      throw new IllegalArgumentException(
          "its " + name + " is no text of at most " + mostCharacters + " characters");
    }
    return value.asString();
  }

  static int number(JsonNode object, String name) {
    JsonNode value = object.path(name);
    if (!value.isInt()) {
      throw new IllegalArgumentException("its " + name + " is no whole number");
    }
    return value.asInt();
  }

  static JobIdentity job(JsonNode object) {
    return new JobIdentity(
        string(object, "cluster", 128), string(object, "jobId", 128), number(object, "attempt"));
  }

  static void putJob(ObjectNode object, JobIdentity job) {
    object.put("cluster", job.cluster());
    object.put("jobId", job.jobId());
    object.put("attempt", job.attempt());
  }
}
