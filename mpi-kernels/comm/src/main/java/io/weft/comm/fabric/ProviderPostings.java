package io.weft.comm.fabric;

import io.weft.comm.CommunicatorException;
import io.weft.comm.fabric.FabricRequest.Stage;
import io.weft.fabric.Access;
import io.weft.fabric.CompletionError;
import io.weft.fabric.CompletionQueue;
import io.weft.fabric.Endpoint;
import io.weft.fabric.FabricException;
import io.weft.fabric.OperationContexts;
import io.weft.fabric.RegistrationCache;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Set;

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
 * <p>A post that the provider has no room for waits in a list and is tried again with each poll;
 * what comes after it to the same rank waits behind it, so that the order holds.
 */
final class ProviderPostings extends Postings {
  private static final long ALIGNMENT = 4096;

  /** How many slots are made when there is none left. */
  private static final int MORE_SLOTS = 16;

  /** How many buffers that no message uses stay registered. */
  private static final int CACHED_REGISTRATIONS = 256;

  private static final Set<Access> USES = Set.of(Access.SEND, Access.RECEIVE);

  private final Link link;
  private final Endpoint endpoint;
  private final CompletionQueue completions;
  private final long[] addresses;
  private final long injectBytes;
  private final long slotBytes;

  /** Of the buffers of long messages; null where the provider wants none registered. */
  private final RegistrationCache registrations;

  private final OperationContexts contexts = new OperationContexts();
  private final Arena arena = Arena.ofShared();
  private final MemorySegment injected;
  private final OperationList waitingSends = new OperationList();
  private final OperationList waitingReceives = new OperationList();
  private final OperationList uncleared = new OperationList();
  private final OperationList freeSlots = new OperationList();

  /** How many sends to each rank wait, and the last pass over them that found no room. */
  private final int[] waitingTo;

  private final int[] refusedIn;
  private int pass;

  /** Numbers the messages to each rank, and what the next one of each rank must have. */
  private final int[] sent;

  private final int[] expected;

  private Operation[] operations = new Operation[64];
  private int operationCount;

  ProviderPostings(Link link) {
    super(link.rank());
    this.link = link;
    this.endpoint = link.endpoint();
    this.completions = link.completions();
    this.addresses = link.addresses();
    this.injectBytes = link.info().injectBytes();
    this.slotBytes = SlotSize.bytes(link.info());
    this.registrations =
        link.info().needsRegistration()
            ? new RegistrationCache(link.domain(), USES, CACHED_REGISTRATIONS, Long.MAX_VALUE)
            : null;
    this.waitingTo = new int[link.size()];
    this.refusedIn = new int[link.size()];
    this.sent = new int[link.size()];
    this.expected = new int[link.size()];
    this.injected = arena.allocate(slotBytes, ALIGNMENT);
    if (link.size() > 1) {
      makeSlots(SlotSize.count(link.info()), SlotSize.spare(link.info()));
    }
  }

  @Override
  FabricRequest makeRequest(Channel channel) {
    return register(new FabricRequest(channel, contexts.add()));
  }

  private <T extends Operation> T register(T operation) {
    if (operationCount == operations.length) {
      operations = Arrays.copyOf(operations, 2 * operationCount);
    }
    operations[operationCount++] = operation;
    return operation;
  }

  private void makeSlots(int posted, int spare) {
    addSlots(posted + spare);
    for (int i = 0; i < posted; i++) {
      postSlot();
    }
  }

  /** Makes slots in one piece of memory, with one registration. */
  private void addSlots(int count) {
    MemorySegment memory = arena.allocate(count * slotBytes, ALIGNMENT);
    long descriptor = pin(memory);
    for (int i = 0; i < count; i++) {
      MemorySegment own = memory.asSlice(i * slotBytes, slotBytes);
      freeSlots.add(register(new Slot(contexts.add(), own, descriptor)));
    }
  }

  private void postSlot() {
    if (freeSlots.isEmpty()) {
      addSlots(MORE_SLOTS);
    }
    Operation slot = freeSlots.first();
    freeSlots.remove(slot);
    receive(slot);
  }

  @Override
  void send(FabricRequest request) {
    request.sequence = sent[request.peer]++;
    request.stage =
        request.length + Envelope.BYTES > slotBytes ? Stage.ANNOUNCE : Stage.SEND_ENVELOPE;
    try {
      step(request);
    } catch (FabricException e) {
      throw failed(request, e);
    }
  }

  private CommunicatorException failed(FabricRequest request, FabricException e) {
    return new CommunicatorException("rank " + rank + ": " + request + ": " + e.getMessage(), e);
  }

  /** Posts what a request has to send, now or later. */
  private void step(FabricRequest request) {
    if (waitingTo[request.peer] > 0 || !post(request)) {
      waitingSends.add(request);
      waitingTo[request.peer]++;
    }
  }

  /** Hands the provider what a request has to send; false if it has no room now. */
  private boolean post(FabricRequest r) {
    return switch (r.stage) {
      case SEND_ENVELOPE -> postMessage(r);
      case ANNOUNCE -> postAnnouncement(r);
      case SEND_BYTES -> postBytes(r);
      case CLEAR -> postClearance(r);
      default -> throw new IllegalStateException("nothing to send for " + r);
    };
  }

  private boolean postMessage(FabricRequest r) {
    long bytes = Envelope.BYTES + r.length;
    if (bytes <= injectBytes && !r.tracked) {
      fill(injected, r);
      if (!inject(bytes, r.peer)) {
        return false;
      }
      r.done();
      return true;
    }
    if (r.envelope == null) {
      r.envelope = arena.allocate(slotBytes, ALIGNMENT);
      r.envelopeDescriptor = pin(r.envelope);
    }
    fill(r.envelope, r);
    return endpoint.send(
        r.envelope, 0, bytes, r.envelopeDescriptor, addresses[r.peer], WireTag.ENVELOPE, r.context);
  }

  private void fill(MemorySegment envelope, FabricRequest r) {
    write(envelope, Envelope.MESSAGE, r);
    MemorySegment.copy(r.buffer, r.offset, envelope, Envelope.BYTES, r.length);
  }

  private void write(MemorySegment envelope, int kind, FabricRequest r) {
    Envelope.write(
        envelope, kind, r.collective, r.length, r.tag, rank, r.group.context, r.sequence);
  }

  private boolean postAnnouncement(FabricRequest r) {
    write(injected, Envelope.ANNOUNCEMENT, r);
    if (!inject(Envelope.BYTES, r.peer)) {
      return false;
    }
    r.stage = Stage.AWAIT_CLEARANCE;
    uncleared.add(r);
    return true;
  }

  private boolean postClearance(FabricRequest r) {
    Envelope.write(injected, Envelope.CLEARANCE, false, 0, 0, rank, 0, r.sequence);
    if (!inject(Envelope.BYTES, r.source)) {
      return false;
    }
    r.stage = Stage.RECEIVE_BYTES;
    return true;
  }

  private boolean inject(long bytes, int destination) {
    return endpoint.inject(injected, 0, bytes, addresses[destination], WireTag.ENVELOPE);
  }

  private boolean postBytes(FabricRequest r) {
    long descriptor = descriptor(r);
    long wireTag = WireTag.bytes(rank, r.sequence);
    return endpoint.send(
        r.buffer, r.offset, r.length, descriptor, addresses[r.peer], wireTag, r.context);
  }

  /** Registers memory for as long as the domain is open; returns its descriptor. */
  private long pin(MemorySegment memory) {
    return registrations == null ? 0 : link.domain().register(memory, USES).descriptor();
  }

  private long descriptor(FabricRequest r) {
    if (registrations == null) {
      return 0;
    }
    if (r.registration == null) {
      r.registration = registrations.acquire(r.buffer);
    }
    return r.registration.descriptor();
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
      return endpoint.receive(
          slot.memory, 0, slotBytes, slot.descriptor, WireTag.ENVELOPE, 0, slot.context);
    }
    FabricRequest r = (FabricRequest) operation;
    long descriptor = descriptor(r);
    long wireTag = WireTag.bytes(r.source, r.sequence);
    if (!endpoint.receive(r.buffer, r.offset, r.length, descriptor, wireTag, 0, r.context)) {
      return false;
    }
    r.stage = Stage.CLEAR;
    return true;
  }

  @Override
  void free(Slot slot) {
    freeSlots.add(slot);
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
          complete(completions.context(i));
        }
      }
      if (!waitingSends.isEmpty() || !waitingReceives.isEmpty()) {
        count += retry();
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
    Operation operation = operations[OperationContexts.index(context)];
    if (operation instanceof Slot slot) {
      arrived(slot);
    } else {
      ((FabricRequest) operation).done();
    }
  }

  private void arrived(Slot slot) {
    MemorySegment envelope = slot.memory;
    int source = Envelope.source(envelope);
    if (Envelope.kind(envelope) == Envelope.CLEARANCE) {
      cleared(source, Envelope.sequence(envelope));
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
    boolean collective = Envelope.isCollective(envelope);
    FabricRequest receive =
        matcher.takeReceive(collective, Envelope.context(envelope), source, Envelope.tag(envelope));
    if (receive == null) {
      matcher.keepMessage(slot);
      postSlot();
    } else {
      deliver(slot, receive);
      receive(slot);
    }
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
    Operation operation = operations[OperationContexts.index(error.context())];
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
    pass++;
    Operation each = waitingSends.first();
    while (each != null) {
      final Operation following = each.next;
      final FabricRequest r = (FabricRequest) each;
      if (refusedIn[r.peer] != pass) {
        waitingSends.remove(r); // Posting may put it into another list.
        if (post(r)) {
          waitingTo[r.peer]--;
          posted++;
        } else {
          refusedIn[r.peer] = pass;
          waitingSends.addBefore(r, following);
        }
      }
      each = following;
    }
    return posted;
  }

  @Override
  public void close() {
    if (registrations != null) {
      registrations.close();
    }
    link.close();
    contexts.close();
    arena.close();
  }
}
