package io.weft.results.ship;

import io.weft.results.event.RunEvent;

/** Is told how shipping goes. Called by the shipper's threads, several at the same time. */
public interface ShipWatcher {
  /** Does nothing. */
  ShipWatcher NONE = new ShipWatcher() {};

  /**
   * A shipper has come to a phase.
   *
   * @param phase which
   * @param id of the event; empty before the message was read
   */
  default void at(ShipPhase phase, String id) {}

  /**
   * A bundle begins.
   *
   * @param event which
   */
  default void begin(RunEvent event) {}

  /**
   * Bytes are in the bucket.
   *
   * @param bytes since the last call
   */
  default void shipped(long bytes) {}

  /**
   * A bundle has ended.
   *
   * @param event which
   * @param outcome {@code shipped}, {@code there already}, or why it failed
   */
  default void end(RunEvent event, String outcome) {}

  /**
   * Something is to be said.
   *
   * @param message a line for people
   */
  default void say(String message) {}
}
