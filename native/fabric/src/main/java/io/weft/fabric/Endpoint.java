package io.weft.fabric;

import io.weft.fabric.ffm.AbsentFunction;
import io.weft.fabric.ffm.Constants;
import io.weft.fabric.ffm.Libfabric;
import io.weft.fabric.ffm.Operation;
import io.weft.fabric.ffm.Operations;
import io.weft.fabric.ffm.TaggedOperations;
import io.weft.ffi.SignalHandlers;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * An endpoint without connections, and its tagged messages, fi_endpoint(3) and fi_tagged(3). One of
 * {@link EndpointType#DATAGRAM} has {@link #messages} only. Sends and receives are posted and
 * complete later in the {@link CompletionQueue}; no call blocks or allocates. Whoever posts must
 * keep the buffer, its arena and its registration open until the completion is there: a call sees
 * that an arena is closed, not that another thread closes a shared one meanwhile. Confined to the
 * thread that opened it.
 */
public final class Endpoint extends FabricObject {
  /** Room for an address at the first try; a longer one says how much it needs. */
  private static final int NAME_BYTES = 128;

  private final EndpointSetup setup;
  private final AddressVector peers;
  private final boolean needsDescriptor;
  private final long injectBytes;
  private final boolean injectCritical;
  private final MemorySegment sendFunction;
  private final MemorySegment receiveFunction;
  private final MemorySegment injectFunction;
  private final FabricInfo info;
  private final Messages messages;
  private final Vectored vectored;
  private final TaggedProbe taggedProbe;
  private final OneSided oneSided;
  private final Atomics atomics;
  private final List<DeferredWork> works = new ArrayList<>();
  private EndpointGuard guard;
  private String shmFile;

  private Endpoint(Domain domain, long address, EndpointSetup setup) {
    super("Endpoint", domain, address);
    this.setup = setup;
    this.info = setup.info();
    this.peers = setup.addresses();
    this.needsDescriptor = info.needsRegistration();
    this.injectBytes = info.injectBytes();
    this.injectCritical = info.hasTags() && ShortCalls.inject(info.provider());
    setup.use();
    try {
      guard = EndpointGuard.of(setup);
      int code =
          SignalHandlers.preserve(
              () -> {
                bind(address, setup.addresses(), 0);
                bind(address, setup.completions(), Constants.FI_TRANSMIT | Constants.FI_RECV);
                setup.bind(address);
                if (guard != null) {
                  bind(address, guard.events(), 0);
                }
                setup.set(address, true);
                return Operations.fi_enable(address);
              });
      if (code < 0 && info.provider().equals(ShmFiles.PROVIDER)) {
        throw ShmFiles.failure(Operations.FI_ENABLE.name(), code);
      }
      FabricException.check(Operations.FI_ENABLE.name(), code);
      setup.set(address, false);
      // Enabling may exchange the tables, so the functions are read after it.
      sendFunction = tagged(TaggedOperations.FI_TSEND, address);
      receiveFunction = tagged(TaggedOperations.FI_TRECV, address);
      injectFunction = tagged(TaggedOperations.FI_TINJECT, address);
      messages = new Messages(this, address, info);
      vectored = new Vectored(this, address, info);
      taggedProbe = info.hasTags() ? new TaggedProbe(this, address, info) : null;
      oneSided = info.has(Capability.RMA) ? new OneSided(this, address, info) : null;
      atomics = info.has(Capability.ATOMICS) ? new Atomics(this, address, info) : null;
      shmFile = ShmFiles.opened(info.provider(), this);
      if (guard != null) {
        guard.prove(setup.completions());
        setup.completions().guard(guard);
      }
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  static Endpoint open(Domain domain, EndpointSetup setup) {
    long parent = domain.address();
    return setup
        .info()
        .with(
            info ->
                new Endpoint(
                    domain, Fabric.openChild(Operations.FI_ENDPOINT, parent, info), setup));
  }

  private MemorySegment tagged(Operation operation, long address) {
    return info.hasTags() ? operation.of(address) : AbsentFunction.ADDRESS;
  }

  private static void bind(long endpoint, FabricObject to, long flags) {
    FabricException.check(
        Operations.FI_EP_BIND.name(), Operations.fi_ep_bind(endpoint, to.address(), flags));
  }

  /**
   * Makes room for an operation that starts when a counter has risen.
   *
   * @return what queues it; its memory is the endpoint's and lives as long
   * @throws UnsupportedOperationException if the endpoint was opened without {@link
   *     Capability#DEFERRED_WORK}
   * @throws IllegalStateException if the endpoint is closed
   */
  public DeferredWork deferredWork() {
    address();
    info.require(Capability.DEFERRED_WORK);
    DeferredWork made = new DeferredWork(this, setup.domain(), info);
    works.add(made);
    return made;
  }

  /** Work that waits for a counter which others may raise would be started without it. */
  @Override
  String hindrance() {
    for (DeferredWork each : works) {
      Counter awaited = each.awaited();
      if (awaited != null && awaited.users() > usesOf(awaited)) {
        return "deferred work of this endpoint waits for a counter that another endpoint may raise:"
            + " close the other endpoint first, or raise the counter";
      }
    }
    return super.hindrance();
  }

  private int usesOf(Counter counter) {
    int uses = setup.usesOf(counter);
    for (DeferredWork each : works) {
      uses += each.usesOf(counter);
    }
    return uses;
  }

  @Override
  void closed() {
    for (DeferredWork each : works) {
      if (each.awaited() != null) {
        each.awaited().orphan();
      }
      each.endpointClosed();
    }
    setup.release();
    if (guard != null) {
      setup.completions().unguard(guard);
      guard.close();
    }
    ShmFiles.closed(shmFile);
  }

  /**
   * The endpoint's own address, which peers give to {@link AddressVector#insert}; fi_cm(3).
   *
   * @return the address in the provider's form
   */
  public byte[] name() {
    int room = NAME_BYTES;
    while (true) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment name = arena.allocate(room);
        MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_LONG, room);
        int code = Operations.fi_getname(address(), name.address(), length.address());
        long needed = length.get(ValueLayout.JAVA_LONG, 0);
        if (code == -Constants.FI_ETOOSMALL && needed > room) {
          room = Math.toIntExact(needed);
          continue;
        }
        FabricException.check(Operations.FI_GETNAME.name(), code);
        return name.asSlice(0, needed).toArray(ValueLayout.JAVA_BYTE);
      }
    }
  }

  /**
   * Posts a send.
   *
   * @param buffer native memory, not to be changed before the completion
   * @param offsetBytes where the message starts in it
   * @param lengthBytes the message's length
   * @param descriptor {@link MemoryRegion#descriptor}, or 0 where no registration is needed
   * @param destination what {@link AddressVector#insert} gave
   * @param tag all 64 bits are matched
   * @param context an address of {@link OperationContexts}, not in use by another operation
   * @return false if the provider has no room now: read the completion queue and try again
   * @throws IndexOutOfBoundsException if the message lies outside of the buffer
   * @throws IllegalArgumentException if the buffer is on the heap, or is not registered and must
   *     be, or {@code destination} is no address of the vector
   * @throws IllegalStateException if the endpoint or the buffer's arena is closed
   * @throws FabricException if the provider refuses
   */
  public boolean send(
      MemorySegment buffer,
      long offsetBytes,
      long lengthBytes,
      long descriptor,
      long destination,
      long tag,
      long context) {
    long endpoint = address();
    long from = addressIn(buffer, offsetBytes, lengthBytes);
    check(descriptor);
    checkPeer(destination);
    long result =
        TaggedOperations.fi_tsend(
            sendFunction, endpoint, from, lengthBytes, descriptor, destination, tag, context);
    return result == 0 || refused(TaggedOperations.FI_TSEND.name(), result);
  }

  /**
   * Sends a short message at once: the buffer may be changed on return, and no completion follows.
   *
   * @param buffer native memory
   * @param offsetBytes where the message starts in it
   * @param lengthBytes the message's length, at most {@link FabricInfo#injectBytes}
   * @param destination what {@link AddressVector#insert} gave
   * @param tag all 64 bits are matched
   * @return false if the provider has no room now: read the completion queue and try again
   * @throws IndexOutOfBoundsException if the message lies outside of the buffer
   * @throws IllegalArgumentException if the buffer is on the heap or the message too long, or
   *     {@code destination} is no address of the vector
   * @throws IllegalStateException if the endpoint or the buffer's arena is closed
   * @throws FabricException if the provider refuses
   */
  public boolean inject(
      MemorySegment buffer, long offsetBytes, long lengthBytes, long destination, long tag) {
    long endpoint = address();
    long from = addressIn(buffer, offsetBytes, lengthBytes);
    if (lengthBytes > injectBytes) {
      throw new IllegalArgumentException(
          "inject of " + lengthBytes + " bytes, more than the provider's " + injectBytes);
    }
    checkPeer(destination);
    long result =
        injectCritical
            ? TaggedOperations.fi_tinject_critical(
                injectFunction, endpoint, from, lengthBytes, destination, tag)
            : TaggedOperations.fi_tinject(
                injectFunction, endpoint, from, lengthBytes, destination, tag);
    return result == 0 || refused(TaggedOperations.FI_TINJECT.name(), result);
  }

  /**
   * Posts a receive from any peer.
   *
   * @param buffer native memory, not to be touched before the completion
   * @param offsetBytes where the message goes in it
   * @param capacityBytes the most that may arrive; a longer message completes with an error
   * @param descriptor {@link MemoryRegion#descriptor}, or 0 where no registration is needed
   * @param tag the tag wanted
   * @param ignore bits of the tag that need not agree
   * @param context an address of {@link OperationContexts}, not in use by another operation
   * @return false if the provider has no room now: read the completion queue and try again
   * @throws IndexOutOfBoundsException if the region lies outside of the buffer
   * @throws IllegalArgumentException if the buffer is on the heap or read-only, or is not
   *     registered and must be
   * @throws IllegalStateException if the endpoint or the buffer's arena is closed
   * @throws FabricException if the provider refuses
   */
  public boolean receive(
      MemorySegment buffer,
      long offsetBytes,
      long capacityBytes,
      long descriptor,
      long tag,
      long ignore,
      long context) {
    long endpoint = address();
    if (buffer.isReadOnly()) {
      throw new IllegalArgumentException("the buffer of a receive is read-only");
    }
    long to = addressIn(buffer, offsetBytes, capacityBytes);
    check(descriptor);
    long result =
        TaggedOperations.fi_trecv(
            receiveFunction, endpoint, to, capacityBytes, descriptor, tag, ignore, context);
    return result == 0 || refused(TaggedOperations.FI_TRECV.name(), result);
  }

  /**
   * Asks that an operation be given up; it still completes, with {@link
   * CompletionError#isCancellation} or as if nothing had been asked. fi_endpoint(3).
   *
   * @param context the operation's context
   * @return false if the provider knows no such operation or cannot cancel it
   */
  public boolean cancel(long context) {
    return Operations.fi_cancel(address(), context) == 0;
  }

  /**
   * The messages without tags.
   *
   * @return always the same object
   * @throws IllegalStateException if the endpoint is closed
   */
  public Messages messages() {
    address();
    return messages;
  }

  /**
   * The operations on several pieces of memory.
   *
   * @return always the same object
   * @throws IllegalStateException if the endpoint is closed
   */
  public Vectored vectored() {
    address();
    return vectored;
  }

  /**
   * The look at tagged messages that no receive has asked for.
   *
   * @return always the same object
   * @throws UnsupportedOperationException if the provider has none: shm before libfabric 2
   * @throws IllegalStateException if the endpoint is closed
   */
  public TaggedProbe taggedProbe() {
    address();
    TaggedProbe.check(info.provider(), Libfabric.fi_version());
    if (taggedProbe == null) {
      throw new UnsupportedOperationException(
          "the endpoint over provider " + info.provider() + " has no tagged messages (FI_TAGGED)");
    }
    return taggedProbe;
  }

  /**
   * The reads and writes of peers' memory.
   *
   * @return always the same object
   * @throws UnsupportedOperationException if the endpoint was opened without {@link Capability#RMA}
   * @throws IllegalStateException if the endpoint is closed
   */
  public OneSided oneSided() {
    address();
    info.require(Capability.RMA);
    return oneSided;
  }

  /**
   * The atomic operations on peers' memory.
   *
   * @return always the same object
   * @throws UnsupportedOperationException if the endpoint was opened without {@link
   *     Capability#ATOMICS}, or the provider has none although it says so; net of 1.17 is one
   * @throws IllegalStateException if the endpoint is closed
   */
  public Atomics atomics() {
    address();
    info.require(Capability.ATOMICS);
    atomics.checkAny();
    return atomics;
  }

  /**
   * Reads a setting, fi_endpoint(3).
   *
   * @param option which
   * @return its value, in the option's unit
   * @throws UnsupportedOperationException if the provider does not know it: names both
   * @throws FabricException if the provider refuses
   */
  public long option(EndpointOption option) {
    return EndpointOptions.get(info, address(), option);
  }

  /**
   * Changes a setting, fi_endpoint(3); no operation may be in progress.
   *
   * @param option which
   * @param value in the option's unit
   * @throws UnsupportedOperationException if the provider does not know it: names both
   * @throws FabricException if the provider refuses
   */
  public void setOption(EndpointOption option, long value) {
    EndpointOptions.set(info, address(), option, value);
  }

  /** What it is, and what it was opened with. */
  @Override
  public String toString() {
    return super.toString() + " over " + info;
  }

  /** Fails where a number is no address of the vector. */
  void checkPeer(long peer) {
    peers.check(peer);
  }

  private void check(long descriptor) {
    if (needsDescriptor && descriptor == 0) {
      refuseUnregistered();
    }
  }

  static long addressIn(MemorySegment buffer, long offsetBytes, long lengthBytes) {
    Objects.checkFromIndexSize(offsetBytes, lengthBytes, buffer.byteSize());
    if (!buffer.isNative() || !buffer.scope().isAlive()) {
      refuse(buffer);
    }
    return buffer.address() + offsetBytes;
  }

  static long writableAddressIn(MemorySegment buffer, long offsetBytes, long lengthBytes) {
    if (buffer.isReadOnly()) {
      throw new IllegalArgumentException("the buffer that is to be written is read-only");
    }
    return addressIn(buffer, offsetBytes, lengthBytes);
  }

  static void checkData(long data, int dataBytes) {
    if (dataBytes < Long.BYTES && data >>> 8 * dataBytes != 0) {
      throw new IllegalArgumentException(
          "data 0x"
              + Long.toHexString(data)
              + " is longer than the "
              + dataBytes
              + " bytes that the provider carries");
    }
  }

  static void refuseUnregistered() {
    throw new IllegalArgumentException(
        "this provider wants registered buffers (FI_MR_LOCAL), and the descriptor is 0");
  }

  private static void refuse(MemorySegment buffer) {
    if (!buffer.isNative()) {
      throw new IllegalArgumentException("the buffer must be native memory, not on the heap");
    }
    throw new IllegalStateException("the buffer's arena is closed");
  }

  /** False for "try again", which is an answer; anything else is an error. */
  static boolean refused(String function, long result) {
    if (result == -Constants.FI_EAGAIN) {
      return false;
    }
    throw FabricException.of(function, result);
  }
}
