package io.weft.fabric;

import io.weft.fabric.ffm.Constants;
import io.weft.fabric.ffm.Layouts.fi_av_attr;
import io.weft.fabric.ffm.Layouts.fi_cq_attr;
import io.weft.fabric.ffm.Operations;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The resources of one device or interface, fi_domain(3). Confined to the thread that opened it.
 */
public final class Domain extends FabricObject {
  Domain(Fabric fabric, long address) {
    super("Domain", fabric, address);
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
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(fi_cq_attr.sizeof, 8);
      attributes.set(ValueLayout.JAVA_LONG, fi_cq_attr.size, entries);
      attributes.set(ValueLayout.JAVA_INT, fi_cq_attr.format, Constants.FI_CQ_FORMAT_TAGGED);
      attributes.set(ValueLayout.JAVA_INT, fi_cq_attr.wait_obj, Constants.FI_WAIT_NONE);
      return new CompletionQueue(
          this, Fabric.openChild(Operations.FI_CQ_OPEN, address(), attributes.address()));
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
    return Endpoint.open(this, info, addresses, completions);
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
    if (!memory.isNative()) {
      throw new IllegalArgumentException("memory to register must be native, not on the heap");
    }
    return MemoryRegion.open(this, memory);
  }
}
