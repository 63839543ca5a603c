package io.weft.results.catalog;

import io.weft.results.Refused;
import io.weft.results.StrictJson;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Reads what says that objects changed, in both shapes: EventBridge's events, with keys as they
 * are, and S3's notifications, with keys as in a URL. Fields that nobody knows are no error.
 */
public final class ObjectChanges {
  private static final int MOST_CHARACTERS = 1 << 20;
  private static final int MOST_RECORDS = 1000;
  private static final int MOST_WORD = 256;

  /** A key has at most 1024 bytes, each of which takes three characters in a URL. */
  private static final int MOST_KEY = 3 * 1024;

  private ObjectChanges() {}

  /**
   * Reads a message.
   *
   * @param text what came
   * @return the changes in it; none in the message that S3 sends when notifications are set up
   * @throws Refused if it is neither shape
   */
  public static List<ObjectChange> parse(String text) throws Refused {
    JsonNode node = StrictJson.object("the message", text, MOST_CHARACTERS);
    if (node.has("detail")) {
      return ofEventBridge(node);
    }
    if (node.has("Records")) {
      return ofNotification(node.path("Records"));
    }
    if (node.path("Event").isString() && node.path("Event").asString().equals("s3:TestEvent")) {
      return List.of();
    }
    throw new Refused("the message is neither an event of EventBridge nor a notification of S3");
  }

  private static List<ObjectChange> ofEventBridge(JsonNode node) throws Refused {
    String source = StrictJson.string(node, "source", MOST_WORD);
    if (!source.equals("aws.s3")) {
      throw new Refused("its source is " + source + ", not aws.s3");
    }
    String type = StrictJson.string(node, "detail-type", MOST_WORD);
    if (!type.equals("Object Created") && !type.equals("Object Deleted")) {
      return List.of();
    }
    JsonNode detail = StrictJson.object(node, "detail");
    JsonNode object = StrictJson.object(detail, "object");
    boolean marker =
        detail.path("deletion-type").isString()
            && detail.path("deletion-type").asString().equals("Delete Marker Created");
    return List.of(
        new ObjectChange(
            key(StrictJson.string(object, "key", MOST_KEY)),
            Sequencer.padded(StrictJson.string(object, "sequencer", MOST_WORD)),
            type.equals("Object Created"),
            object.has("version-id") && !marker));
  }

  private static List<ObjectChange> ofNotification(JsonNode records) throws Refused {
    if (!records.isArray() || records.size() > MOST_RECORDS) {
      throw new Refused("its Records are no array of at most " + MOST_RECORDS);
    }
    List<ObjectChange> changes = new ArrayList<>();
    for (JsonNode record : records) {
      String source = StrictJson.string(record, "eventSource", MOST_WORD);
      if (!source.equals("aws:s3")) {
        throw new Refused("its eventSource is " + source + ", not aws:s3");
      }
      // The configuration of notifications has the prefix s3:, the event itself not.
      String name = StrictJson.string(record, "eventName", MOST_WORD).replaceFirst("^s3:", "");
      boolean created = name.startsWith("ObjectCreated:");
      if (created || name.startsWith("ObjectRemoved:") || name.startsWith("LifecycleExpiration:")) {
        JsonNode object = StrictJson.object(StrictJson.object(record, "s3"), "object");
        changes.add(
            new ObjectChange(
                key(decoded(StrictJson.string(object, "key", MOST_KEY))),
                Sequencer.padded(StrictJson.string(object, "sequencer", MOST_WORD)),
                created,
                object.has("versionId") && !name.endsWith(":DeleteMarkerCreated")));
      }
    }
    return changes;
  }

  private static String decoded(String key) throws Refused {
    try {
      return URLDecoder.decode(key, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new Refused("its key is not encoded as in a URL");
    }
  }

  private static String key(String key) throws Refused {
    if (key.isEmpty() || key.getBytes(StandardCharsets.UTF_8).length > 1024) {
      throw new Refused("its key has not 1 to 1024 bytes");
    }
    return key;
  }
}
