package io.weft.comm;

/**
 * One non-blocking operation; made by {@link Communicator#newRequest} and used for as many
 * operations as wanted, one at a time. Confined to the communicator's thread.
 */
public interface Request {
  /**
   * Waits until the operation is complete; returns at once if the request is inactive.
   *
   * @param status filled with source, tag and length of a receive; may be null
   */
  void await(ReceiveStatus status);

  /** Waits until the operation is complete; returns at once if the request is inactive. */
  default void await() {
    await(null);
  }

  /**
   * Makes progress and says whether the operation is complete; does not block.
   *
   * @param status filled with source, tag and length of a receive that is complete; may be null
   * @return true if complete or inactive
   */
  boolean test(ReceiveStatus status);

  /**
   * Makes progress and says whether the operation is complete; does not block.
   *
   * @return true if complete or inactive
   */
  default boolean test() {
    return test(null);
  }

  /**
   * Says whether an operation is under way.
   *
   * @return true from the start of an operation until {@link #await} or {@link #test} found it
   *     complete
   */
  boolean isActive();
}
