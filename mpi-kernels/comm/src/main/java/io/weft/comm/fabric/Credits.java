package io.weft.comm.fabric;

/**
 * How much each rank may send to each other one without knowing that a receive waits for it. What
 * exceeds that is announced only, and its bytes stay with the sender until the receive is there: so
 * no rank's memory fills with messages that it has not asked for. The receiver gives the room back
 * as its receives take messages, a quarter of it at a time: three quarters are there at any time.
 */
final class Credits {
  /** For all ranks that send to one, in bytes; and for one of them. */
  private static final long ALL_BYTES = 512L << 20;

  private static final long MOST_BYTES = 8L << 20;
  private static final long LEAST_BYTES = 64L << 10;

  private final long window;

  /** From how much on, in bytes, a rank is told. */
  private final long batch;

  private final long[] lent;
  private final long[] owed;
  private int due;

  /** For so many ranks. */
  Credits(int size) {
    this.window = window(size);
    this.batch = window / 4;
    this.lent = new long[size];
    this.owed = new long[size];
  }

  /** How many bytes one rank may have sent to another one that wait there for their receives. */
  static long window(int size) {
    return Math.clamp(ALL_BYTES / size, LEAST_BYTES, MOST_BYTES);
  }

  /** What a message takes of the window: what it will take of the receiver's memory. */
  private static long cost(long bytes) {
    return Math.max(bytes + Envelope.BYTES, SlotPool.SHORTEST);
  }

  /**
   * Says whether a message may go with its bytes, which then count as sent. One of no bytes always
   * may: there is nothing of it to wait for at its source.
   */
  boolean admit(int peer, long bytes) {
    long after = lent[peer] + cost(bytes);
    if (after > window && bytes > 0) {
      return false;
    }
    lent[peer] = after;
    return true;
  }

  /** A receive has taken a message that came with its bytes. */
  void taken(int peer, long bytes) {
    long before = owed[peer];
    long after = before + cost(bytes);
    owed[peer] = after;
    if (before < batch && after >= batch) {
      due++;
    }
  }

  /** Whether any rank is to be told; {@link #due(int)} says which. */
  boolean isAnyDue() {
    return due != 0;
  }

  /** What a rank is to be told, in bytes; 0 if it need not be now. */
  long due(int peer) {
    return owed[peer] >= batch ? owed[peer] : 0;
  }

  /** A rank was told of all that was due to it. */
  void told(int peer) {
    owed[peer] = 0;
    due--;
  }

  /** A rank tells of so many bytes that its receives have taken. */
  void returned(int peer, long bytes) {
    lent[peer] -= bytes;
  }
}
