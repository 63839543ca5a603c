package io.weft.fabric;

import io.weft.fabric.ffm.Constants;
import io.weft.fabric.ffm.Layouts.fi_av_attr;
import io.weft.fabric.ffm.Layouts.fi_cntr_attr;
import io.weft.fabric.ffm.Layouts.fi_cq_attr;
import io.weft.fabric.ffm.Layouts.fi_info;
import io.weft.fabric.ffm.Operations;
import io.weft.ffi.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.EnumSet;
import java.util.Set;

/**
 * The resources of one device or interface, fi_domain(3). Confined to the thread that opened it.
 */
public final class Domain extends FabricObject {
  private static final Set<Access> MESSAGES = EnumSet.of(Access.SEND, Access.RECEIVE);

  private final Fabric fabric;
  private final FabricInfo info;
  private long nextKey;

  Domain(Fabric fabric, long address, FabricInfo info) {
    super("Domain", fabric, address);
    this.fabric = fabric;
    this.info = info;
  }

  /** What it was opened through. */
  Fabric fabric() {
    return fabric;
  }

  /**
   * Opens a table of peer addresses, fi_av(3).
   *
   * @param countHint how many peers to expect
   * @return the table
   * @throws FabricException if the provider refuses
   */
  public AddressVector openAddressVector(long countHint) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(fi_av_attr.sizeof, 8);
      attributes.set(ValueLayout.JAVA_INT, fi_av_attr.type, Constants.FI_AV_TABLE);
      attributes.set(ValueLayout.JAVA_LONG, fi_av_attr.count, countHint);
      return new AddressVector(
          this, Fabric.openChild(Operations.FI_AV_OPEN, address(), attributes.address()));
    }
  }

  /**
   * Opens a completion queue for tagged messages, without a wait object, fi_cq(3).
   *
   * @param entries how many completions it must hold; 0 for the provider's default
   * @return the queue
   * @throws FabricException if the provider refuses
   */
  public CompletionQueue openCompletionQueue(long entries) {
    return openCompletionQueue(entries, CompletionFormat.TAGGED);
  }

  /**
   * Opens a completion queue without a wait object, fi_cq(3).
   *
   * @param entries how many completions it must hold; 0 for the provider's default
   * @param format what it tells of each
   * @return the queue
   * @throws FabricException if the provider refuses
   */
  public CompletionQueue openCompletionQueue(long entries, CompletionFormat format) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(fi_cq_attr.sizeof, 8);
      attributes.set(ValueLayout.JAVA_LONG, fi_cq_attr.size, entries);
      attributes.set(ValueLayout.JAVA_INT, fi_cq_attr.format, format.value());
      attributes.set(ValueLayout.JAVA_INT, fi_cq_attr.wait_obj, Constants.FI_WAIT_NONE);
      return new CompletionQueue(
          this, Fabric.openChild(Operations.FI_CQ_OPEN, address(), attributes.address()), format);
    }
  }

  /**
   * Opens and enables an endpoint, fi_endpoint(3).
   *
   * @param info what this domain was opened with
   * @param addresses where it finds peers
   * @param completions where it reports what is complete, sends and receives
   * @return the endpoint
   * @throws FabricException if the provider refuses
   */
  public Endpoint openEndpoint(
      FabricInfo info, AddressVector addresses, CompletionQueue completions) {
    return prepareEndpoint(info, addresses, completions).open();
  }

  /**
   * Prepares an endpoint that is bound to more than addresses and completions.
   *
   * @param info what this domain was opened with
   * @param addresses where it finds peers
   * @param completions where it reports what is complete, sends and receives
   * @return what opens it
   */
  public EndpointSetup prepareEndpoint(
      FabricInfo info, AddressVector addresses, CompletionQueue completions) {
    return new EndpointSetup(this, info, addresses, completions);
  }

  /**
   * Opens a context that several endpoints take their receives from, fi_endpoint(3) at {@code
   * fi_srx_context}. {@link EndpointSetup#receiveFrom} binds them to it.
   *
   * @return the context
   * @throws UnsupportedOperationException if this domain was opened without {@link
   *     Capability#SHARED_RECEIVE}, or the provider has none
   * @throws FabricException if the provider refuses
   */
  public SharedReceiveContext openSharedReceiveContext() {
    final long address = address();
    info.require(Capability.SHARED_RECEIVE);
    return info.with(
        description ->
            new SharedReceiveContext(
                this,
                Fabric.openOffered(
                    info,
                    Operations.FI_SRX_CONTEXT,
                    address,
                    NativeMemory.pointerAt(description + fi_info.rx_attr),
                    "shared receive contexts"),
                info));
  }

  /**
   * Opens a counter without a wait object, fi_cntr(3): {@link Counter#await} polls it.
   *
   * @return the counter, at 0
   * @throws UnsupportedOperationException if the provider has no counters
   * @throws FabricException if the provider refuses
   */
  public Counter openCounter() {
    return openCounter(false);
  }

  /**
   * Opens a counter with a file descriptor to wait on, fi_cntr(3): {@link Counter#await} gives the
   * core away. The provider is not left the choice of a wait object: the one that libfabric 1.17
   * chooses for shm waits for ever, whatever the time-out.
   *
   * @return the counter, at 0
   * @throws UnsupportedOperationException if the provider has no such counters
   * @throws FabricException if the provider refuses
   */
  public Counter openWaitableCounter() {
    return openCounter(true);
  }

  private Counter openCounter(boolean waits) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(fi_cntr_attr.sizeof, 8);
      attributes.set(ValueLayout.JAVA_INT, fi_cntr_attr.events, Constants.FI_CNTR_EVENTS_COMP);
      attributes.set(
          ValueLayout.JAVA_INT,
          fi_cntr_attr.wait_obj,
          waits ? Constants.FI_WAIT_FD : Constants.FI_WAIT_NONE);
      String what = waits ? "counters that can be waited for" : "counters";
      return new Counter(
          this,
          Fabric.openOffered(info, Operations.FI_CNTR_OPEN, address(), attributes.address(), what),
          waits);
    }
  }

  /**
   * Registers memory for sends and receives, fi_mr(3). The memory must not be freed before the
   * region is closed.
   *
   * @param memory native memory
   * @return the region
   * @throws FabricException if the provider refuses, for example for want of locked memory
   */
  public MemoryRegion register(MemorySegment memory) {
    return register(memory, MESSAGES);
  }

  /**
   * Registers memory, fi_mr(3). The memory must not be freed before the region is closed. Where the
   * provider does not choose the key, it is the next number that this domain has not yet given.
   *
   * @param memory native memory
   * @param access what it is for
   * @return the region
   * @throws IllegalArgumentException if the memory is on the heap, or read-only and to be written
   * @throws IllegalStateException if the memory's arena is closed
   * @throws FabricException if the provider refuses, for example for want of locked memory
   */
  public MemoryRegion register(MemorySegment memory, Set<Access> access) {
    long key = nextKey;
    MemoryRegion region = MemoryRegion.open(this, info, memory, Access.bits(access), key);
    nextKey = Math.max(nextKey, key + 1);
    return region;
  }

  /**
   * Registers memory under a key of the caller's, so that peers need not be told of it, fi_mr(3).
   * The memory must not be freed before the region is closed.
   *
   * @param memory native memory
   * @param access what it is for
   * @param key not negative, of {@link FabricInfo#keyBytes}, not in use by another region
   * @return the region
   * @throws UnsupportedOperationException if the provider chooses keys ({@code FI_MR_PROV_KEY})
   * @throws IllegalArgumentException if the key is too long, or the memory is on the heap, or
   *     read-only and to be written
   * @throws IllegalStateException if the memory's arena is closed
   * @throws FabricException if the provider refuses, for example because the key is in use
   */
  public MemoryRegion register(MemorySegment memory, Set<Access> access, long key) {
    if (info.choosesKeys()) {
      throw new UnsupportedOperationException(
          "provider " + info.provider() + " chooses the keys of regions itself (FI_MR_PROV_KEY)");
    }
    if (key < 0 || info.keyBytes() < Long.BYTES && key >>> 8 * info.keyBytes() != 0) {
      throw new IllegalArgumentException(
          "key " + key + " is negative or longer than " + info.keyBytes() + " bytes");
    }
    MemoryRegion region = MemoryRegion.open(this, info, memory, Access.bits(access), key);
    nextKey = Math.max(nextKey, key + 1);
    return region;
  }
}
