package io.weft.results.webhook;

import io.weft.launch.JobIdentity;
import io.weft.results.Refused;
import io.weft.results.StrictJson;
import io.weft.results.event.BucketKeys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A result that is whole, as subscribers are told of it.
 *
 * @param id of the run's event: the same for every message about the result, replayed ones too
 * @param job whose result it is
 * @param at when it was whole
 * @param bucket where
 * @param manifest the key of its manifest
 */
record ResultMessage(String id, JobIdentity job, Instant at, String bucket, String manifest) {
  private static final int MOST_CHARACTERS = 1 << 18;
  private static final int FORMAT = 1;
  private static final String TYPE = "result.shipped";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /**
   * Reads what EventBridge says of a manifest that came.
   *
   * @param text an event {@code Object Created}
   * @return the result
   * @throws Refused if it is none
   */
  static ResultMessage parse(String text) throws Refused {
    JsonNode event = StrictJson.object("the event", text, MOST_CHARACTERS);
    String source = StrictJson.string(event, "source", 100);
    String type = StrictJson.string(event, "detail-type", 100);
    if (!source.equals("aws.s3") || !type.equals("Object Created")) {
      throw new Refused("an event '" + type + "' of " + source + " tells of no result");
    }
    JsonNode detail = StrictJson.object(event, "detail");
    String bucket = StrictJson.string(StrictJson.object(detail, "bucket"), "name", 100);
    String key = StrictJson.string(StrictJson.object(detail, "object"), "key", 1024);
    String id =
        BucketKeys.idOfManifest(key)
            .orElseThrow(() -> new Refused("the key " + key + " is not that of a manifest"));
    try {
      return new ResultMessage(
          id, BucketKeys.jobOf(key), StrictJson.time(event, "time"), bucket, key);
    } catch (IllegalArgumentException noJob) {
      throw new Refused("the key " + key + " names no job: " + noJob.getMessage());
    }
  }

  /** The body, the same for every subscriber and every try. */
  byte[] body() {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("format", FORMAT);
    node.put("type", TYPE);
    node.put("id", id);
    node.put("at", at.toString());
    node.putObject("job")
        .put("cluster", job.cluster())
        .put("jobId", job.jobId())
        .put("attempt", job.attempt());
    node.put("bucket", bucket);
    node.put("manifest", manifest);
    return MAPPER.writeValueAsString(node).getBytes(StandardCharsets.UTF_8);
  }
}
