package io.weft.comm.fabric;

import io.weft.comm.CommunicatorException;
import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * The contexts that groups of one channel have; ranks agree on one that is free on all of them. One
 * that was freed comes round last: a message that nobody received may still be on its way to it.
 */
final class Contexts {
  /** How many groups may be open at a time that have a rank in common. */
  static final int MOST = Envelope.MAX_CONTEXT + 1;

  private final BitSet used = new BitSet(MOST);
  private int next = 1;

  Contexts() {
    used.set(0);
  }

  /** What this rank has in use, and where it would go on. */
  byte[] state() {
    byte[] bits = used.toByteArray();
    return ByteBuffer.allocate(Integer.BYTES + bits.length).putInt(next).put(bits).array();
  }

  /** Takes one that no rank has in use; each rank that has the same states takes the same. */
  int take(byte[][] states) {
    BitSet all = new BitSet(MOST);
    int start = 1;
    for (byte[] state : states) {
      ByteBuffer each = ByteBuffer.wrap(state);
      start = Math.max(start, each.getInt());
      all.or(BitSet.valueOf(each));
    }
    int free = all.nextClearBit(start);
    if (free >= MOST) {
      free = all.nextClearBit(0);
    }
    if (free >= MOST) {
      throw new CommunicatorException(
          MOST + " communicators are open at a time: close those that are no longer needed");
    }
    used.set(free);
    next = free + 1;
    return free;
  }

  void free(int context) {
    used.clear(context);
  }
}
