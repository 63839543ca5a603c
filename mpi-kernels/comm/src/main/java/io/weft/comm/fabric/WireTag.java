package io.weft.comm.fabric;

/**
 * How the 64 bits of a libfabric tag are used. From the low end: 32 bits of a message's running
 * number, 20 bits of source rank, 4 that are zero, and 1 that tells a message's own bytes from
 * envelopes. A tag is always matched in full: shm of libfabric 1.17 matches a message that came
 * before its receive without regard to the bits that the receive ignores, and sometimes with those
 * that another one ignored.
 */
final class WireTag {
  /** An envelope, from anybody. */
  static final long ENVELOPE = 0;

  private static final int SOURCE_SHIFT = 32;
  private static final long BYTES = 1L << 56;

  private WireTag() {}

  /** The bytes of an announced message. */
  static long bytes(int source, int sequence) {
    return BYTES | (long) source << SOURCE_SHIFT | Integer.toUnsignedLong(sequence);
  }
}
