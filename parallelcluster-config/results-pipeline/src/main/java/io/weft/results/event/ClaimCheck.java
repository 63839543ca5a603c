package io.weft.results.event;

import io.weft.results.Digests;
import io.weft.results.Refused;
import io.weft.results.StrictJson;
import io.weft.results.port.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events that are too long for a message lie in the bucket, and the message says where: a bundle of
 * many files has a long manifest.
 */
public final class ClaimCheck {
  /** The limit of SNS and of EventBridge, with attributes, which are less than the rest. */
  public static final int MOST_MESSAGE_BYTES = (256 - 8) << 10;

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private final Supplier<ObjectStore> objects;

  /**
   * Keeps events in a bucket.
   *
   * @param objects the bucket, asked for only when an event is too long
   */
  public ClaimCheck(Supplier<ObjectStore> objects) {
    this.objects = objects;
  }

  /**
   * The message for an event; stores the event if it is too long for one.
   *
   * @param event which
   * @return at most {@value #MOST_MESSAGE_BYTES} bytes of JSON
   * @throws IOException if it cannot be stored
   */
  public String message(RunEvent event) throws IOException {
    String text = EventJson.text(event);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MOST_MESSAGE_BYTES) {
      return text;
    }
    String sha256 = Digests.hex(bytes);
    // The key follows from the content: what is there already is what this would be. What somebody
    // else put there is refused by its digest when it is read.
    objects.get().putIfAbsent(BucketKeys.claim(event.id(), sha256), bytes, Map.of());
    ObjectNode claim = MAPPER.createObjectNode();
    claim.put("format", EventJson.FORMAT);
    claim.put("id", event.id());
    claim.putObject("claim").put("bytes", bytes.length).put("sha256", sha256);
    return MAPPER.writeValueAsString(claim);
  }

  /**
   * The event that a message has or points to.
   *
   * @param message what came
   * @return the event
   * @throws Refused if it is none, or what it points to is not there or is something else
   * @throws IOException if the bucket cannot be read
   */
  public RunEvent event(String message) throws IOException, Refused {
    JsonNode node = StrictJson.object("the event", message, EventJson.MOST_CHARACTERS);
    if (!node.has("claim")) {
      return EventJson.parse(node);
    }
    EventJson.checkFormat(node);
    String id = StrictJson.sha256(node, "id");
    JsonNode claim = StrictJson.object(node, "claim");
    int bytes = (int) StrictJson.number(claim, "bytes", 1, EventJson.MOST_CHARACTERS);
    String sha256 = StrictJson.sha256(claim, "sha256");
    // The key follows from id and digest: a message cannot point anywhere else.
    Optional<byte[]> stored = objects.get().read(BucketKeys.claim(id, sha256), bytes);
    if (stored.isEmpty()) {
      throw new Refused("the event " + id + " is not in the bucket, where its message says it is");
    }
    if (stored.get().length != bytes || !Digests.hex(stored.get()).equals(sha256)) {
      throw new Refused("the event " + id + " in the bucket is not the one that was announced");
    }
    RunEvent event = EventJson.parse(new String(stored.get(), StandardCharsets.UTF_8));
    if (!event.id().equals(id)) {
      throw new Refused("the event " + id + " in the bucket has the id " + event.id());
    }
    return event;
  }
}
