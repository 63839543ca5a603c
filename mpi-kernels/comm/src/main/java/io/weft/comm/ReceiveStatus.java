package io.weft.comm;

/** Who sent a message, with which tag and how long it was; owned and reused by the caller. */
public final class ReceiveStatus {
  private int source;
  private int tag;
  private long lengthBytes;

  /** Makes an empty status. */
  public ReceiveStatus() {}

  /**
   * Fills this status; for implementations of {@link Communicator}.
   *
   * @param source the sending rank
   * @param tag the message's tag
   * @param lengthBytes the message's length
   */
  public void set(int source, int tag, long lengthBytes) {
    this.source = source;
    this.tag = tag;
    this.lengthBytes = lengthBytes;
  }

  /**
   * The sending rank.
   *
   * @return {@code 0 .. size() - 1}
   */
  public int source() {
    return source;
  }

  /**
   * The message's tag.
   *
   * @return {@code 0 .. }{@value Communicator#MAX_TAG}
   */
  public int tag() {
    return tag;
  }

  /**
   * The message's length.
   *
   * @return bytes, at most the receive's capacity
   */
  public long lengthBytes() {
    return lengthBytes;
  }
}
