package io.weft.comm.fabric;

/**
 * How the 64 bits of a libfabric tag are used; envelopes have none. From the low end: 32 bits of a
 * message's running number and 20 bits of source rank. A tag is always matched in full: shm of
 * libfabric 1.17 matches a message that came before its receive without regard to the bits that the
 * receive ignores, and sometimes with those that another one ignored.
 */
final class WireTag {
  private static final int SOURCE_SHIFT = 32;

  private WireTag() {}

  /** The bytes of an announced message. */
  static long bytes(int source, int sequence) {
    return (long) source << SOURCE_SHIFT | Integer.toUnsignedLong(sequence);
  }
}
