package io.weft.comm;

/**
 * A message that is sent or received again and again with the same arguments; made by {@link
 * Communicator#sendInit} and {@link Communicator#recvInit}. Confined to the communicator's thread.
 */
public interface PersistentRequest extends Request, AutoCloseable {
  /**
   * Starts the operation; does not block. From now until it is complete, the buffer must not be
   * changed (send) or touched (receive).
   *
   * @throws IllegalStateException if it is under way or closed
   */
  void start();

  /**
   * Releases the request; closing twice does nothing.
   *
   * @throws IllegalStateException if an operation is under way
   */
  @Override
  void close();
}
