package io.weft.results.catalog;

import io.weft.launch.JobIdentity;
import io.weft.results.Refused;
import io.weft.results.StrictJson;
import io.weft.results.event.EventJson;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the catalog says of a run.
 *
 * @param id of its event
 * @param job whose run it is
 * @param kernel what ran
 * @param problemClass its size; empty if the run did not come so far
 * @param ranks how many; 0 if the run did not come so far
 * @param network what its messages really crossed
 * @param status verified or failed
 * @param finishedAt when
 * @param files how many the bundle has
 * @param bytes how long they are together
 * @param manifestSha256 the digest of its manifest
 */
public record RunSummary(
    String id,
    JobIdentity job,
    String kernel,
    String problemClass,
    int ranks,
    String network,
    String status,
    Instant finishedAt,
    int files,
    long bytes,
    String manifestSha256) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int MOST_WORD = 128;
  private static final int MOST_CHARACTERS = 1 << 16;

  /**
   * As JSON.
   *
   * @return an object
   */
  public ObjectNode json() {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("id", id);
    node.putObject("job")
        .put("cluster", job.cluster())
        .put("jobId", job.jobId())
        .put("attempt", job.attempt());
    node.put("kernel", kernel);
    node.put("class", problemClass);
    node.put("ranks", ranks);
    node.put("network", network);
    node.put("status", status);
    node.put("finishedAt", finishedAt.toString());
    node.put("files", files);
    node.put("bytes", bytes);
    node.put("manifestSha256", manifestSha256);
    return node;
  }

  /**
   * As a line of JSON.
   *
   * @return the text that the catalog stores
   */
  public String text() {
    return MAPPER.writeValueAsString(json());
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @param text of a record
   * @return the summary
   * @throws Refused if it is none
   */
  public static RunSummary parse(String text) throws Refused {
    JsonNode node = StrictJson.object("the catalog's record", text, MOST_CHARACTERS);
    return new RunSummary(
        StrictJson.sha256(node, "id"),
        EventJson.job(StrictJson.object(node, "job")),
        StrictJson.string(node, "kernel", MOST_WORD),
        StrictJson.string(node, "class", MOST_WORD),
        (int) StrictJson.number(node, "ranks", 0, Integer.MAX_VALUE),
        StrictJson.string(node, "network", MOST_WORD),
        StrictJson.string(node, "status", MOST_WORD),
        StrictJson.time(node, "finishedAt"),
        (int) StrictJson.number(node, "files", 0, Integer.MAX_VALUE),
        StrictJson.number(node, "bytes", 0, Long.MAX_VALUE),
        StrictJson.sha256(node, "manifestSha256"));
  }
}
