package io.weft.comm.fabric;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/**
 * What stands before the bytes of a message: 8 bytes with its length (44 bits), its tag (15), what
 * kind of envelope this is (3) and, in the last bit, whether it is a collective's; then 4 bytes
 * with the source (20 bits) and the context of its communicator (12), and the message's running
 * number (32 bits). All ranks have the same byte order.
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

  /** The announced message of that number was read where it lay, and its buffer is free again. */
  static final int TAKEN = 3;

  /** A piece of the announced message of that number. */
  static final int PIECE = 4;

  /** So many bytes of messages that had come with their envelopes were received. */
  static final int CREDIT = 5;

  /** For the {@link ActiveMessages} of the context. */
  static final int ACTIVE = 6;

  private static final int TAG_SHIFT = 44;
  private static final int TAG_MASK = 0x7fff;
  private static final int KIND_SHIFT = 59;
  private static final int KIND_MASK = 7;
  private static final long TAIL = 8;

  private static final int SOURCE_BITS = 20;
  private static final int SOURCE_MASK = (1 << SOURCE_BITS) - 1;

  /** Ranks that fit. */
  static final int MAX_RANKS = 1 << SOURCE_BITS;

  /** The largest context. */
  static final int MAX_CONTEXT = (1 << Integer.SIZE - SOURCE_BITS) - 1;

  private Envelope() {}

  /** The first word. */
  static long head(int kind, boolean collective, long length, int tag) {
    long sign = collective ? Long.MIN_VALUE : 0;
    return sign | (long) kind << KIND_SHIFT | (long) tag << TAG_SHIFT | length;
  }

  /** The second word. */
  static long tail(int source, int context, int sequence) {
    int from = context << SOURCE_BITS | source;
    return (long) sequence << Integer.SIZE | Integer.toUnsignedLong(from);
  }

  static void write(
      MemorySegment at,
      int kind,
      boolean collective,
      long length,
      int tag,
      int source,
      int context,
      int sequence) {
    at.set(JAVA_LONG, 0, head(kind, collective, length, tag));
    at.set(JAVA_LONG, TAIL, tail(source, context, sequence));
  }

  static int kind(long head) {
    return (int) (head >>> KIND_SHIFT) & KIND_MASK;
  }

  static boolean isCollective(long head) {
    return head < 0;
  }

  static long length(long head) {
    return head & MAX_LENGTH;
  }

  static int tag(long head) {
    return (int) (head >>> TAG_SHIFT) & TAG_MASK;
  }

  static int source(long tail) {
    return (int) tail & SOURCE_MASK;
  }

  static int context(long tail) {
    return (int) tail >>> SOURCE_BITS;
  }

  static int sequence(long tail) {
    return (int) (tail >>> Integer.SIZE);
  }

  static int kind(MemorySegment at) {
    return kind(at.get(JAVA_LONG, 0));
  }

  static boolean isCollective(MemorySegment at) {
    return isCollective(at.get(JAVA_LONG, 0));
  }

  static long length(MemorySegment at) {
    return length(at.get(JAVA_LONG, 0));
  }

  static int tag(MemorySegment at) {
    return tag(at.get(JAVA_LONG, 0));
  }

  static int source(MemorySegment at) {
    return source(at.get(JAVA_LONG, TAIL));
  }

  static int context(MemorySegment at) {
    return context(at.get(JAVA_LONG, TAIL));
  }

  static int sequence(MemorySegment at) {
    return sequence(at.get(JAVA_LONG, TAIL));
  }
}
