package io.weft.comm.fabric;

import io.weft.comm.CommunicatorException;
import io.weft.comm.fabric.FabricRequest.Stage;
import io.weft.comm.shm.RingReader;
import io.weft.comm.shm.RingWriter;
import io.weft.ffi.NativeCallException;
import io.weft.ffi.ProcessMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Messages through rings in shared memory, one for each two ranks and direction.
 *
 * <p>A short message is a record; its bytes go from the ring to their place as the record is found.
 * Of a longer one the record announces where the bytes lie: the receiver reads them there, in one
 * copy, and tells the sender. Where the kernel does not let processes read each other's memory, the
 * receiver clears the announcement instead, and the bytes come through the ring in pieces.
 *
 * <p>What finds no room in its ring waits in a list and is tried again with each poll; what comes
 * after it to the same rank waits behind it, so that the order holds.
 */
final class RingPostings extends Postings {
  /** What stands before the bytes in a record: its length, and the envelope. */
  private static final long RECORD = Long.BYTES + Envelope.BYTES;

  /** Records taken from one ring before the others have their turn. */
  private static final int TURN = 64;

  private final RingLink link;
  private final int[] peers;
  private final RingWriter[] writers;
  private final RingReader[] readers;
  private final long longest;
  private final Arena arena = Arena.ofShared();
  private final WaitingSends waitingSends;
  private final OperationList uncleared = new OperationList();
  private final OperationList receiving = new OperationList();
  private final SlotPool kept;
  private final Credits credits;
  private final int[] sent;

  RingPostings(RingLink link) {
    super(link.rank());
    this.link = link;
    int size = link.size();
    this.peers = new int[size - 1];
    this.writers = new RingWriter[size];
    this.readers = new RingReader[size];
    for (int i = 0; i < size - 1; i++) {
      int peer = (rank + 1 + i) % size;
      peers[i] = peer;
      writers[peer] = link.rings().writerTo(peer);
      readers[peer] = link.rings().readerFrom(peer);
    }
    this.longest = Math.min(link.rings().longestRecord() - RECORD, RingLink.EAGER_BYTES);
    this.kept = new SlotPool(arena, Envelope.BYTES + longest + Long.BYTES, unregistered -> 0);
    this.credits = new Credits(size);
    this.waitingSends = new WaitingSends(size, this::post);
    this.sent = new int[size];
  }

  @Override
  FabricRequest makeRequest(Channel channel) {
    return new FabricRequest(channel);
  }

  @Override
  void send(FabricRequest r) {
    r.sequence = sent[r.peer]++;
    boolean comesAlong = r.length <= longest && credits.admit(r.peer, r.length);
    r.stage = comesAlong ? Stage.SEND_ENVELOPE : Stage.ANNOUNCE;
    step(r);
  }

  /** Writes what a request has to say, now or later. */
  private void step(FabricRequest r) {
    if (waitingSends.mustWait(r.peer) || !post(r)) {
      waitingSends.add(r);
    }
  }

  /** Writes what a request has to say; false if there is no room for all of it now. */
  private boolean post(FabricRequest r) {
    return switch (r.stage) {
      case SEND_ENVELOPE -> postMessage(r);
      case ANNOUNCE -> postAnnouncement(r);
      case CLEAR -> postAnswer(r);
      case SEND_BYTES -> postPieces(r);
      default -> throw new IllegalStateException("nothing to write for " + r);
    };
  }

  private boolean postMessage(FabricRequest r) {
    RingWriter writer = writers[r.peer];
    long at = writer.claim(RECORD + r.length);
    if (at < 0) {
      return false;
    }
    envelope(writer, at, Envelope.MESSAGE, r);
    if (r.length == Long.BYTES) {
      writer.put(at + RECORD, r.buffer.get(ValueLayout.JAVA_LONG_UNALIGNED, r.offset));
    } else {
      MemorySegment.copy(r.buffer, r.offset, writer.memory(), at + RECORD, r.length);
    }
    writer.commit(at, RECORD + r.length);
    r.done();
    return true;
  }

  private void envelope(RingWriter writer, long at, int kind, FabricRequest r) {
    writer.put(at + Long.BYTES, Envelope.head(kind, r.collective, r.length, r.tag));
    writer.put(at + 2 * Long.BYTES, Envelope.tail(rank, r.group.context, r.sequence));
  }

  private boolean postAnnouncement(FabricRequest r) {
    RingWriter writer = writers[r.peer];
    long at = writer.claim(RECORD + Long.BYTES);
    if (at < 0) {
      return false;
    }
    envelope(writer, at, Envelope.ANNOUNCEMENT, r);
    writer.put(at + RECORD, r.buffer.address() + r.offset);
    writer.commit(at, RECORD + Long.BYTES);
    r.stage = Stage.AWAIT_CLEARANCE;
    uncleared.add(r);
    return true;
  }

  /** Tells the sender that its bytes were read, or that they may come. */
  private boolean postAnswer(FabricRequest r) {
    RingWriter writer = writers[r.peer];
    long at = writer.claim(RECORD);
    if (at < 0) {
      return false;
    }
    boolean taken = link.readsMemory();
    writer.put(
        at + Long.BYTES, Envelope.head(taken ? Envelope.TAKEN : Envelope.CLEARANCE, false, 0, 0));
    writer.put(at + 2 * Long.BYTES, Envelope.tail(rank, 0, r.sequence));
    if (taken) {
      r.done();
    } else {
      r.stage = Stage.RECEIVE_BYTES;
      receiving.add(r);
    }
    writer.commit(at, RECORD);
    return true;
  }

  private boolean postPieces(FabricRequest r) {
    RingWriter writer = writers[r.peer];
    while (r.moved < r.length) {
      long piece = Math.min(longest, r.length - r.moved);
      long at = writer.claim(RECORD + piece);
      if (at < 0) {
        return false;
      }
      writer.put(at + Long.BYTES, Envelope.head(Envelope.PIECE, false, piece, 0));
      writer.put(at + 2 * Long.BYTES, Envelope.tail(rank, 0, r.sequence));
      MemorySegment.copy(r.buffer, r.offset + r.moved, writer.memory(), at + RECORD, piece);
      writer.commit(at, RECORD + piece);
      r.moved += piece;
    }
    r.done();
    return true;
  }

  @Override
  int progress() {
    int moved = 0;
    for (int peer : peers) {
      moved += read(peer);
    }
    if (credits.isAnyDue()) {
      moved += giveBack();
    }
    return waitingSends.isEmpty() ? moved : moved + waitingSends.retry();
  }

  /** Tells ranks what their messages no longer take of this one's memory; returns how many. */
  private int giveBack() {
    int told = 0;
    for (int peer : peers) {
      long bytes = credits.due(peer);
      long at = bytes == 0 ? -1 : writers[peer].claim(RECORD);
      if (at >= 0) {
        RingWriter writer = writers[peer];
        writer.put(at + Long.BYTES, Envelope.head(Envelope.CREDIT, false, bytes, 0));
        writer.put(at + 2 * Long.BYTES, Envelope.tail(rank, 0, 0));
        writer.commit(at, RECORD);
        credits.told(peer);
        told++;
      }
    }
    return told;
  }

  private int read(int peer) {
    RingReader reader = readers[peer];
    long at = reader.peek();
    int count = 0;
    while (at >= 0) {
      long length = reader.length(at);
      arrived(peer, reader, at);
      reader.release(length);
      count++;
      at = count < TURN ? reader.peek() : -1;
    }
    return count;
  }

  private void arrived(int peer, RingReader reader, long at) {
    long head = reader.word(at + Long.BYTES);
    long tail = reader.word(at + 2 * Long.BYTES);
    switch (Envelope.kind(head)) {
      case Envelope.MESSAGE, Envelope.ANNOUNCEMENT -> message(peer, head, tail, reader, at);
      case Envelope.CLEARANCE -> {
        FabricRequest r = take(uncleared, peer, Envelope.sequence(tail));
        r.stage = Stage.SEND_BYTES;
        r.moved = 0;
        step(r);
      }
      case Envelope.TAKEN -> take(uncleared, peer, Envelope.sequence(tail)).done();
      case Envelope.CREDIT -> credits.returned(peer, Envelope.length(head));
      case Envelope.PIECE -> piece(peer, head, tail, reader, at);
      default -> throw new CommunicatorException("rank " + rank + ": broken ring from " + peer);
    }
  }

  private void message(int peer, long head, long tail, RingReader reader, long at) {
    int context = Envelope.context(tail);
    int tag = Envelope.tag(head);
    FabricRequest r = matcher.takeReceive(Envelope.isCollective(head), context, peer, tag);
    if (r != null) {
      deliver(reader.memory(), at + Long.BYTES, head, tail, r);
      return;
    }
    long bytes = reader.length(at) - Long.BYTES;
    Slot slot = kept.take(bytes);
    MemorySegment.copy(reader.memory(), at + Long.BYTES, slot.memory, 0, bytes);
    matcher.keepMessage(slot);
  }

  @Override
  void deliver(Slot slot, FabricRequest r) {
    long head = slot.memory.get(ValueLayout.JAVA_LONG, 0);
    long tail = slot.memory.get(ValueLayout.JAVA_LONG, Long.BYTES);
    deliver(slot.memory, 0, head, tail, r);
  }

  private void deliver(MemorySegment from, long at, long head, long tail, FabricRequest r) {
    r.source = Envelope.source(tail);
    r.receivedTag = Envelope.tag(head);
    r.receivedLength = Envelope.length(head);
    boolean fits = r.receivedLength <= r.length;
    if (!fits) {
      r.failure = truncated(r);
    }
    if (Envelope.kind(head) == Envelope.ANNOUNCEMENT) {
      r.sequence = Envelope.sequence(tail);
      fetch(r, from.get(ValueLayout.JAVA_LONG, at + Envelope.BYTES), fits);
      return;
    }
    if (fits && r.receivedLength == Long.BYTES) {
      long word = from.get(ValueLayout.JAVA_LONG, at + Envelope.BYTES);
      r.buffer.set(ValueLayout.JAVA_LONG_UNALIGNED, r.offset, word);
    } else if (fits) {
      MemorySegment.copy(from, at + Envelope.BYTES, r.buffer, r.offset, r.receivedLength);
    }
    credits.taken(r.source, r.receivedLength);
    r.done();
  }

  /** Gets the bytes of an announced message, or thrown away if they do not fit. */
  private void fetch(FabricRequest r, long address, boolean fits) {
    r.peer = r.source;
    if (link.readsMemory()) {
      if (fits) {
        readMemory(r, address);
      }
    } else if (!fits) {
      r.buffer = Arena.ofAuto().allocate(r.receivedLength);
      r.offset = 0;
    }
    r.moved = 0;
    r.stage = Stage.CLEAR;
    step(r);
  }

  private void readMemory(FabricRequest r, long address) {
    ProcessMemory process = link.process(r.source);
    try {
      process.read(r.buffer, r.offset, address, r.receivedLength);
    } catch (NativeCallException e) {
      throw process.isAlive()
          ? new CommunicatorException("rank " + rank + ": " + r + ": " + e.getMessage(), e)
          : gone(r.source);
    }
  }

  private void piece(int peer, long head, long tail, RingReader reader, long at) {
    FabricRequest r = find(receiving, peer, Envelope.sequence(tail));
    long bytes = Envelope.length(head);
    MemorySegment.copy(reader.memory(), at + RECORD, r.buffer, r.offset + r.moved, bytes);
    r.moved += bytes;
    if (r.moved == r.receivedLength) {
      receiving.remove(r);
      r.done();
    }
  }

  private FabricRequest take(OperationList list, int peer, int sequence) {
    FabricRequest r = find(list, peer, sequence);
    list.remove(r);
    return r;
  }

  private FabricRequest find(OperationList list, int peer, int sequence) {
    for (Operation each = list.first(); each != null; each = each.next) {
      FabricRequest r = (FabricRequest) each;
      if (r.peer == peer && r.sequence == sequence) {
        return r;
      }
    }
    throw new CommunicatorException(
        "rank " + rank + ": rank " + peer + " speaks of a message that was not announced");
  }

  @Override
  void free(Slot slot) {
    kept.give(slot);
  }

  @Override
  void drop(Slot slot) {
    if (Envelope.kind(slot.memory) == Envelope.MESSAGE) {
      credits.taken(Envelope.source(slot.memory), Envelope.length(slot.memory));
    }
    free(slot);
  }

  @Override
  long longestEager() {
    return longest;
  }

  @Override
  RemoteMemory openMemory(
      Channel channel, Group group, RemoteMemory.ByteExchange exchange, long lengthBytes) {
    return new SharedRemoteMemory(channel, group, exchange, lengthBytes);
  }

  @Override
  void checkPeers() {
    for (int peer : peers) {
      if (!link.process(peer).isAlive()) {
        throw gone(peer);
      }
    }
  }

  private CommunicatorException gone(int peer) {
    return new CommunicatorException(
        "rank "
            + rank
            + ": rank "
            + peer
            + " is gone: its process "
            + link.process(peer).pid()
            + " has ended before the communicator was closed");
  }

  @Override
  public void close() {
    link.close();
    arena.close();
  }
}
