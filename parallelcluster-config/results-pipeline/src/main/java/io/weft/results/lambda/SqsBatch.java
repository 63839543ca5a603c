package io.weft.results.lambda;

import io.weft.results.port.Received;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The messages that Lambda hands to a function, and the answer that says which of them failed. A
 * function that answers nothing has done all of them; one that throws has done none.
 */
final class SqsBatch {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private SqsBatch() {}

  /**
   * Reads the event of a queue.
   *
   * @param input JSON as Lambda hands it over
   * @return its messages, in order
   * @throws IOException if it is none; then all of them come again
   */
  static List<Received> read(InputStream input) throws IOException {
    JsonNode records;
    try {
      records = MAPPER.readTree(input).path("Records");
    } catch (JacksonException malformed) {
      throw new IOException("the event is no JSON: " + malformed.getOriginalMessage());
    }
    if (!records.isArray()) {
      throw new IOException("the event has no Records: is the function's trigger a queue?");
    }
    List<Received> messages = new ArrayList<>();
    for (JsonNode one : records) {
      messages.add(message(one));
    }
    return messages;
  }

  private static Received message(JsonNode one) throws IOException {
    String id = one.path("messageId").asString("");
    if (id.isEmpty() || !one.path("body").isString()) {
      throw new IOException("a record has no messageId or no body: is the trigger a queue?");
    }
    Map<String, String> attributes = new HashMap<>();
    for (Map.Entry<String, JsonNode> attribute : one.path("messageAttributes").properties()) {
      if (attribute.getValue().path("stringValue").isString()) {
        attributes.put(attribute.getKey(), attribute.getValue().path("stringValue").asString());
      }
    }
    String count = one.path("attributes").path("ApproximateReceiveCount").asString("1");
    return new Received(
        id,
        one.path("receiptHandle").asString(""),
        one.path("body").asString(),
        attributes,
        count.matches("[0-9]{1,9}") ? Integer.parseInt(count) : 1);
  }

  /**
   * Answers.
   *
   * @param failed ids of the messages that are to come again
   * @param output where Lambda reads the answer
   * @throws IOException if it cannot be written
   */
  static void answer(Collection<String> failed, OutputStream output) throws IOException {
    ObjectNode answer = MAPPER.createObjectNode();
    ArrayNode failures = answer.putArray("batchItemFailures");
    for (String id : failed) {
      failures.addObject().put("itemIdentifier", id);
    }
    output.write(MAPPER.writeValueAsBytes(answer));
  }
}
