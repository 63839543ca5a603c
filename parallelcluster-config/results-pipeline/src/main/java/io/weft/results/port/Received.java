package io.weft.results.port;

import java.util.Map;

/**
 * A message that a queue has lent: others do not see it until its visibility timeout ends.
 *
 * @param id of the message
 * @param receipt what it is deleted by
 * @param body the message
 * @param attributes what the sender attached
 * @param receiveCount how often it was received, this time included
 */
public record Received(
    String id, String receipt, String body, Map<String, String> attributes, int receiveCount) {
  /** Keeps its own attributes. */
  public Received {
    attributes = Map.copyOf(attributes);
  }
}
