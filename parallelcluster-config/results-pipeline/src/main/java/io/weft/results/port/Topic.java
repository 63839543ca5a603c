package io.weft.results.port;

import java.io.IOException;
import java.util.Map;

/** Where events are published once, for all queues that are subscribed. */
public interface Topic {
  /**
   * Publishes a message; returns when the topic has it.
   *
   * @param body the message
   * @param attributes what subscriptions filter by
   * @param group messages of one group stay in order in FIFO queues
   * @param deduplicationId the topic may drop a second message with it, for some minutes
   * @throws IOException if the topic cannot be reached or refuses
   */
  void publish(String body, Map<String, String> attributes, String group, String deduplicationId)
      throws IOException;
}
