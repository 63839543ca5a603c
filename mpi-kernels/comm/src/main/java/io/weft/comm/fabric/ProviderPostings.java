package io.weft.comm.fabric;

import io.weft.comm.CommunicatorException;
import io.weft.comm.fabric.FabricRequest.Stage;
import io.weft.fabric.CompletionError;
import io.weft.fabric.CompletionQueue;
import io.weft.fabric.Endpoint;
import io.weft.fabric.FabricException;
import io.weft.fabric.Messages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Messages through a libfabric provider: what was posted to it, and what became of it.
 *
 * <p>A short message travels in an envelope, which the receiver's {@link Slot}s are always ready
 * for; the {@link Matcher} finds its receive, and the bytes are copied there. Of a longer one the
 * envelope is an announcement: once its receive is found, the receiver posts the place where the
 * bytes belong and sends a clearance, and they come there under a tag of their own, without a copy.
 * So wild cards, order, a message that is too long for its receive, and messages that nobody waits
 * for yet are not left to providers. With libfabric 1.17, matching with ignored tag bits fails on
 * shm; a message that had to be cut was seen to lose its completion (net, ofi_rxm) or to hang
 * inside a poll (shm); and a thousand messages that came too early left no room to receive them
 * (shm).
 *
 * <p>Envelopes go without tags, the bytes of announced messages with tags: to a provider these are
 * two queues of receives, and the receive of an announced message does not stand behind hundreds of
 * slots. Over shm a message of 8 KiB took some 3 microseconds less so.
 *
 * <p>A post that the provider has no room for waits in a list and is tried again with each poll;
 * what comes after it to the same rank waits behind it, so that the order holds.
 */
final class ProviderPostings extends Postings {
  private static final long ALIGNMENT = 4096;

  /** Between slots, so that their first words do not lie a multiple of 4096 bytes apart. */
  private static final long GAP = 64;

  private final Link link;
  private final Endpoint endpoint;
  private final Messages messages;
  private final CompletionQueue completions;
  private final long[] addresses;
  private final long injectBytes;
  private final long slotBytes;
  private final LocalBuffers buffers;
  private final RemoteAccess remote;
  private final LentContexts contexts = new LentContexts();
  private final Arena arena = Arena.ofShared();
  private final MemorySegment injected;
  private final WaitingSends waitingSends;
  private final OperationList waitingReceives = new OperationList();
  private final OperationList uncleared = new OperationList();
  private final SlotPool kept;
  private final SlotPool envelopes;
  private final EagerSends eager;
  private final Credits credits;

  /** Numbers the messages to each rank, and what the next one of each rank must have. */
  private final int[] sent;

  private final int[] expected;

  private final Handlers handlers;

  ProviderPostings(Link link) {
    super(link.rank());
    this.link = link;
    this.endpoint = link.endpoint();
    this.messages = endpoint.messages();
    this.completions = link.completions();
    this.addresses = link.addresses();
    this.injectBytes = link.info().injectBytes();
    this.slotBytes = SlotSize.bytes(link.info());
    this.buffers = new LocalBuffers(link);
    this.remote = new RemoteAccess(link);
    this.waitingSends = new WaitingSends(link.size(), this::post);
    this.sent = new int[link.size()];
    this.expected = new int[link.size()];
    this.injected = arena.allocate(slotBytes, ALIGNMENT);
    this.kept = new SlotPool(arena, slotBytes, unregistered -> 0);
    this.envelopes = new SlotPool(arena, slotBytes, buffers::pin);
    this.eager = new EagerSends(link, envelopes);
    this.credits = new Credits(link.size());
    this.handlers = new Handlers(rank);
    if (link.size() > 1) {
      postSlots(SlotSize.count(link.info()));
    }
  }

  @Override
  FabricRequest makeRequest(Channel channel) {
    return new FabricRequest(channel);
  }

  /** A request that nobody uses any more leaves no context behind, and can be collected. */
  @Override
  void ended(FabricRequest r) {
    contexts.takeBack(r);
  }

  /** Makes slots in one piece of memory, with one registration, and has messages come into them. */
  private void postSlots(int count) {
    long stride = slotBytes + GAP;
    MemorySegment memory = arena.allocate(count * stride, ALIGNMENT);
    long descriptor = buffers.pin(memory);
    for (int i = 0; i < count; i++) {
      MemorySegment own = memory.asSlice(i * stride, slotBytes);
      receive(contexts.keep(new Slot(contexts.add(), own, descriptor)));
    }
  }

  @Override
  void send(FabricRequest request) {
    request.sequence = sent[request.peer]++;
    boolean fits = request.length + Envelope.BYTES <= slotBytes;
    request.stage =
        fits && credits.admit(request.peer, request.length) ? Stage.SEND_ENVELOPE : Stage.ANNOUNCE;
    try {
      step(request);
    } catch (FabricException e) {
      throw failed(request, e);
    }
  }

  /** Starts what a request wants with another rank's memory. */
  void startRemote(FabricRequest request) {
    try {
      step(request);
    } catch (FabricException e) {
      throw failed(request, e);
    }
  }

  /** Room for an envelope with what an {@link ActiveMessages} is to be told. */
  Slot envelope(long bytes) {
    return envelopes.take(bytes);
  }

  @Override
  long longestEager() {
    return slotBytes - Envelope.BYTES;
  }

  /** Sends what a request's envelope holds to the {@link ActiveMessages} of its context. */
  void sendActive(FabricRequest r) {
    r.sequence = sent[r.peer]++;
    r.tracked = false;
    r.collective = false;
    r.tag = 0;
    eager.write(r.envelope.memory, Envelope.ACTIVE, r);
    r.stage = Stage.SEND_ENVELOPE;
    try {
      step(r);
    } catch (FabricException e) {
      throw failed(r, e);
    }
  }

  /** Who takes what comes in for no receive. */
  Handlers handlers() {
    return handlers;
  }

  RemoteAccess remote() {
    return remote;
  }

  @Override
  RemoteMemory openMemory(
      Channel channel, Group group, RemoteMemory.ByteExchange exchange, long lengthBytes) {
    return new ProviderRemoteMemory(channel, this, group, exchange, lengthBytes);
  }

  private CommunicatorException failed(FabricRequest request, FabricException e) {
    return new CommunicatorException("rank " + rank + ": " + request + ": " + e.getMessage(), e);
  }

  /** Posts what a request has to send, now or later. */
  private void step(FabricRequest request) {
    if (waitingSends.mustWait(request.peer) || !post(request)) {
      waitingSends.add(request);
    }
  }

  /** Hands the provider what a request has to send; false if it has no room now. */
  private boolean post(FabricRequest r) {
    return switch (r.stage) {
      case SEND_ENVELOPE -> postMessage(r);
      case ANNOUNCE -> postAnnouncement(r);
      case SEND_BYTES -> postBytes(r);
      case CLEAR -> postClearance(r);
      case READ, WRITE, WRITE_TOLD -> {
        contexts.lend(r);
        yield remote.post(r, buffers.descriptor(r));
      }
      default -> throw new IllegalStateException("nothing to send for " + r);
    };
  }

  private boolean postMessage(FabricRequest r) {
    long bytes = Envelope.BYTES + r.length;
    if (bytes <= injectBytes && !r.tracked) {
      if (r.envelope == null) {
        eager.fill(injected, r);
      }
      if (!inject(r.envelope == null ? injected : r.envelope.memory, bytes, r.peer)) {
        return false;
      }
      r.done();
      return true;
    }
    if (r.envelope == null) {
      eager.prepare(r);
    }
    contexts.lend(r);
    return eager.post(r);
  }

  private boolean postAnnouncement(FabricRequest r) {
    eager.write(injected, Envelope.ANNOUNCEMENT, r);
    if (!inject(injected, Envelope.BYTES, r.peer)) {
      return false;
    }
    r.stage = Stage.AWAIT_CLEARANCE;
    uncleared.add(r);
    return true;
  }

  private boolean postClearance(FabricRequest r) {
    Envelope.write(injected, Envelope.CLEARANCE, false, 0, 0, rank, 0, r.sequence);
    if (!inject(injected, Envelope.BYTES, r.source)) {
      return false;
    }
    r.stage = Stage.RECEIVE_BYTES;
    return true;
  }

  /** Tells ranks what their messages no longer take of this one's memory; returns how many. */
  private int giveBack() {
    int told = 0;
    for (int peer = 0; peer < link.size(); peer++) {
      long bytes = credits.due(peer);
      if (bytes > 0) {
        Envelope.write(injected, Envelope.CREDIT, false, bytes, 0, rank, 0, 0);
        if (inject(injected, Envelope.BYTES, peer)) {
          credits.told(peer);
          told++;
        }
      }
    }
    return told;
  }

  private boolean inject(MemorySegment from, long bytes, int destination) {
    return messages.inject(from, 0, bytes, addresses[destination]);
  }

  private boolean postBytes(FabricRequest r) {
    contexts.lend(r);
    long descriptor = buffers.descriptor(r);
    long wireTag = WireTag.bytes(rank, r.sequence);
    return endpoint.send(
        r.buffer, r.offset, r.length, descriptor, addresses[r.peer], wireTag, r.context);
  }

  /** Posts a receive, now or later. */
  private void receive(Operation operation) {
    if (!waitingReceives.isEmpty() || !postReceive(operation)) {
      waitingReceives.add(operation);
    }
  }

  /** Hands a receive to the provider, and lets the sender know; false if it has no room now. */
  private boolean postReceive(Operation operation) {
    if (operation instanceof Slot slot) {
      return messages.receive(slot.memory, 0, slotBytes, slot.descriptor, slot.context);
    }
    FabricRequest r = (FabricRequest) operation;
    contexts.lend(r);
    long descriptor = buffers.descriptor(r);
    long wireTag = WireTag.bytes(r.source, r.sequence);
    if (!endpoint.receive(r.buffer, r.offset, r.length, descriptor, wireTag, 0, r.context)) {
      return false;
    }
    r.stage = Stage.CLEAR;
    return true;
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
  void deliver(Slot slot, FabricRequest r) {
    describe(slot, r);
    boolean fits = r.receivedLength <= r.length;
    if (!fits) {
      r.failure = truncated(r);
    }
    if (Envelope.kind(slot.memory) == Envelope.ANNOUNCEMENT) {
      receiveBytes(r, Envelope.sequence(slot.memory), fits);
      return;
    }
    if (fits) {
      MemorySegment.copy(slot.memory, Envelope.BYTES, r.buffer, r.offset, r.receivedLength);
    }
    credits.taken(r.source, r.receivedLength);
    r.done();
  }

  private void receiveBytes(FabricRequest r, int sequence, boolean fits) {
    if (!fits) {
      // The sender waits for its bytes to go: they are taken and thrown away.
      r.buffer = Arena.ofAuto().allocate(r.receivedLength, ALIGNMENT);
      r.offset = 0;
    }
    r.length = r.receivedLength;
    r.peer = r.source;
    r.sequence = sequence;
    r.stage = Stage.RECEIVE_BYTES;
    try {
      receive(r);
      if (r.stage == Stage.CLEAR) {
        step(r);
      }
    } catch (FabricException e) {
      throw failed(r, e);
    }
  }

  @Override
  int progress() {
    try {
      int count = completions.read();
      if (count < 0) {
        fail();
        count = 1;
      } else {
        for (int i = 0; i < count; i++) {
          if (completions.isRemoteWrite(i)) {
            handlers.told(completions.data(i));
          } else {
            complete(completions.context(i));
          }
        }
      }
      if (!waitingSends.isEmpty() || !waitingReceives.isEmpty()) {
        count += retry();
      }
      if (credits.isAnyDue()) {
        count += giveBack();
      }
      return count;
    } catch (FabricException e) {
      throw new CommunicatorException("rank " + rank + ": " + e.getMessage(), e);
    }
  }

  private void complete(long context) {
    if (context == 0) {
      return;
    }
    Operation operation = contexts.operation(context);
    if (operation instanceof Slot slot) {
      arrived(slot);
    } else {
      ((FabricRequest) operation).done();
    }
  }

  private void arrived(Slot slot) {
    MemorySegment envelope = slot.memory;
    int source = Envelope.source(envelope);
    int kind = Envelope.kind(envelope);
    if (kind == Envelope.CLEARANCE || kind == Envelope.CREDIT) {
      if (kind == Envelope.CREDIT) {
        credits.returned(source, Envelope.length(envelope));
      } else {
        cleared(source, Envelope.sequence(envelope));
      }
      receive(slot);
      return;
    }
    if (Envelope.sequence(envelope) != expected[source]++) {
      throw new CommunicatorException(
          "rank "
              + rank
              + ": the provider has changed the order of messages from rank "
              + source
              + ": "
              + link.info());
    }
    if (kind == Envelope.ACTIVE) {
      ActiveMessages handler = handlers.of(Envelope.context(envelope));
      handler.arrived(source, envelope, Envelope.BYTES, Envelope.length(envelope));
      receive(slot);
      return;
    }
    boolean collective = Envelope.isCollective(envelope);
    FabricRequest receive =
        matcher.takeReceive(collective, Envelope.context(envelope), source, Envelope.tag(envelope));
    if (receive == null) {
      matcher.keepMessage(copy(slot, kind));
    } else {
      deliver(slot, receive);
    }
    receive(slot);
  }

  /** What came in, in no more memory than it needs: the slot is for the next one. */
  private Slot copy(Slot slot, int kind) {
    long bytes = Envelope.BYTES + (kind == Envelope.MESSAGE ? Envelope.length(slot.memory) : 0);
    Slot copy = kept.take(bytes);
    MemorySegment.copy(slot.memory, 0, copy.memory, 0, bytes);
    return copy;
  }

  /** The receiver is ready for the bytes of a message that was announced to it. */
  private void cleared(int peer, int sequence) {
    for (Operation each = uncleared.first(); each != null; each = each.next) {
      FabricRequest r = (FabricRequest) each;
      if (r.peer == peer && r.sequence == sequence) {
        uncleared.remove(r);
        r.stage = Stage.SEND_BYTES;
        step(r);
        return;
      }
    }
    throw new CommunicatorException(
        "rank " + rank + ": rank " + peer + " is ready for a message that was not announced to it");
  }

  private void fail() {
    CompletionError error = completions.readError();
    if (error == null) {
      return;
    }
    if (error.context() == 0) {
      throw new CommunicatorException(
          "rank " + rank + ": a short message could not be sent: " + error);
    }
    Operation operation = contexts.operation(error.context());
    if (operation instanceof Slot) {
      throw new CommunicatorException("rank " + rank + ": receiving failed: " + error);
    }
    FabricRequest r = (FabricRequest) operation;
    r.failure = new CommunicatorException("rank " + rank + ": " + r + " failed: " + error);
    r.done();
  }

  /** Tries again what found no room; returns how much was posted. */
  private int retry() {
    int posted = 0;
    while (!waitingReceives.isEmpty() && postReceive(waitingReceives.first())) {
      Operation operation = waitingReceives.first();
      waitingReceives.remove(operation);
      posted++;
      if (operation instanceof FabricRequest r) {
        step(r);
      }
    }
    return posted + waitingSends.retry();
  }

  @Override
  public void close() {
    buffers.close();
    link.close();
    contexts.close();
    arena.close();
  }
}
