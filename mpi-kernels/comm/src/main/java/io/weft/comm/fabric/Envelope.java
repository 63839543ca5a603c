package io.weft.comm.fabric;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/**
 * What stands before the bytes of a message: 8 bytes with its length (44 bits), its tag (15), what
 * kind of envelope this is (2) and whether it is a collective's (1); then 4 bytes with the source
 * (20 bits) and the context of its communicator (12), and the message's running number (32 bits).
 * All ranks have the same byte order.
 */
final class Envelope {
  /** Its length. */
  static final long BYTES = 16;

  /** The longest message, in bytes. */
  static final long MAX_LENGTH = (1L << 44) - 1;

  /** The message itself follows. */
  static final int MESSAGE = 0;

  /** A message too long for an envelope waits at its source. */
  static final int ANNOUNCEMENT = 1;

  /** The announced message of that number may come: its place is ready. */
  static final int CLEARANCE = 2;

  private static final int TAG_SHIFT = 44;
  private static final int TAG_MASK = 0x7fff;
  private static final int KIND_SHIFT = 59;
  private static final int KIND_MASK = 3;
  private static final long SOURCE = 8;
  private static final long SEQUENCE = 12;

  private static final int SOURCE_BITS = 20;
  private static final int SOURCE_MASK = (1 << SOURCE_BITS) - 1;

  /** Ranks that fit. */
  static final int MAX_RANKS = 1 << SOURCE_BITS;

  /** The largest context. */
  static final int MAX_CONTEXT = (1 << Integer.SIZE - SOURCE_BITS) - 1;

  private Envelope() {}

  static void write(
      MemorySegment at,
      int kind,
      boolean collective,
      long length,
      int tag,
      int source,
      int context,
      int sequence) {
    long sign = collective ? Long.MIN_VALUE : 0;
    long head = (long) kind << KIND_SHIFT | (long) tag << TAG_SHIFT | length;
    at.set(JAVA_LONG, 0, sign | head);
    at.set(JAVA_INT, SOURCE, context << SOURCE_BITS | source);
    at.set(JAVA_INT, SEQUENCE, sequence);
  }

  static int kind(MemorySegment at) {
    return (int) (at.get(JAVA_LONG, 0) >>> KIND_SHIFT) & KIND_MASK;
  }

  static boolean isCollective(MemorySegment at) {
    return at.get(JAVA_LONG, 0) < 0;
  }

  static long length(MemorySegment at) {
    return at.get(JAVA_LONG, 0) & MAX_LENGTH;
  }

  static int tag(MemorySegment at) {
    return (int) (at.get(JAVA_LONG, 0) >>> TAG_SHIFT) & TAG_MASK;
  }

  static int source(MemorySegment at) {
    return at.get(JAVA_INT, SOURCE) & SOURCE_MASK;
  }

  static int context(MemorySegment at) {
    return at.get(JAVA_INT, SOURCE) >>> SOURCE_BITS;
  }

  static int sequence(MemorySegment at) {
    return at.get(JAVA_INT, SEQUENCE);
  }
}
