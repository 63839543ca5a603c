package io.weft.results.webhook;

import java.io.IOException;
import java.util.List;

/** Where a subscriber's secrets come from, each time they are needed: they change. */
interface SecretSource {
  /**
   * The secrets that are live.
   *
   * @return one, or two while a new one takes over; the newer first
   * @throws IOException if they cannot be read, or are none; its message has no secret
   */
  List<WebhookSecret> live() throws IOException;
}
