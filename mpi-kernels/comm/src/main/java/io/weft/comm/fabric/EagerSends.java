package io.weft.comm.fabric;

import io.weft.fabric.IoVector;
import io.weft.fabric.Messages;
import io.weft.fabric.Vectored;
import java.lang.foreign.MemorySegment;

/**
 * Messages that go along with their envelopes: short ones copied behind it, longer ones named as a
 * second piece of what the provider sends, where it takes two.
 */
final class EagerSends {
  /** From this length on, in bytes, a copy costs more than to name two places. */
  private static final long WORTH_NO_COPY = 16 * 1024;

  private final int rank;
  private final long[] addresses;
  private final Messages messages;
  private final Vectored vectored;
  private final IoVector pieces = new IoVector(2);
  private final SlotPool envelopes;
  private final boolean takesTwo;

  EagerSends(Link link, SlotPool envelopes) {
    this.rank = link.rank();
    this.addresses = link.addresses();
    this.messages = link.endpoint().messages();
    this.vectored = link.endpoint().vectored();
    this.envelopes = envelopes;
    this.takesTwo = !link.info().needsRegistration() && link.info().vectorEntries() >= 2;
  }

  /** Takes room for a request's envelope, and for its bytes where they are copied behind it. */
  void prepare(FabricRequest r) {
    if (takesTwo && r.length >= WORTH_NO_COPY) {
      r.envelope = envelopes.take(Envelope.BYTES);
      write(r.envelope.memory, Envelope.MESSAGE, r);
    } else {
      r.envelope = envelopes.take(Envelope.BYTES + r.length);
      fill(r.envelope.memory, r);
    }
  }

  /** Writes an envelope with a request's bytes behind it. */
  void fill(MemorySegment envelope, FabricRequest r) {
    write(envelope, Envelope.MESSAGE, r);
    MemorySegment.copy(r.buffer, r.offset, envelope, Envelope.BYTES, r.length);
  }

  /** Writes an envelope alone. */
  void write(MemorySegment envelope, int kind, FabricRequest r) {
    Envelope.write(
        envelope, kind, r.collective, r.length, r.tag, rank, r.group.context, r.sequence);
  }

  /** Hands a prepared request to the provider; false if it has no room now. */
  boolean post(FabricRequest r) {
    Slot from = r.envelope;
    long bytes = Envelope.BYTES + r.length;
    long to = addresses[r.peer];
    // Room for an envelope alone is shorter than any message that is worth no copy.
    if (bytes <= from.memory.byteSize()) {
      return messages.send(from.memory, 0, bytes, from.descriptor, to, r.context);
    }
    pieces.clear().add(from.memory, 0, Envelope.BYTES, 0).add(r.buffer, r.offset, r.length, 0);
    boolean posted = vectored.send(pieces, to, r.context);
    pieces.clear();
    return posted;
  }
}
