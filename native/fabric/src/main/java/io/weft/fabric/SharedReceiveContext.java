package io.weft.fabric;

import io.weft.fabric.ffm.Constants;
import io.weft.fabric.ffm.MessageOperations;
import io.weft.fabric.ffm.Operations;
import io.weft.fabric.ffm.TaggedOperations;
import java.lang.foreign.MemorySegment;

/**
 * Receives that several endpoints have in common, {@code fi_srx_context} of fi_endpoint(3): one
 * pool of buffers serves messages to any of them, and the completion comes to the queue of the
 * endpoint that the message was sent to. Receives are posted and complete later; no call blocks or
 * allocates. Whoever posts must keep the buffer, its arena and its registration open until the
 * completion is there. Confined to the thread that opened it.
 *
 * <p>Of the providers of libfabric 1.17 without a card, sockets alone offers it.
 */
public final class SharedReceiveContext extends FabricObject {
  private final boolean needsDescriptor;
  private final MemorySegment receiveFunction;
  private final MemorySegment receiveTaggedFunction;

  SharedReceiveContext(Domain domain, long address, FabricInfo info) {
    super("SharedReceiveContext", domain, address);
    needsDescriptor = info.needsRegistration();
    receiveFunction = MessageOperations.FI_RECV.of(address);
    receiveTaggedFunction = TaggedOperations.FI_TRECV.of(address);
  }

  /**
   * Posts a receive without a tag, from any peer to any of the endpoints.
   *
   * @param buffer native memory, not to be touched before the completion
   * @param offsetBytes where the message goes in it
   * @param capacityBytes the most that may arrive; a longer message completes with an error
   * @param descriptor {@link MemoryRegion#descriptor}, or 0 where no registration is needed
   * @param context an address of {@link OperationContexts}, not in use by another operation
   * @return false if the provider has no room now: read the completion queues and try again
   * @throws IndexOutOfBoundsException if the region lies outside of the buffer
   * @throws IllegalArgumentException if the buffer is on the heap or read-only, or is not
   *     registered and must be
   * @throws IllegalStateException if this context or the buffer's arena is closed
   * @throws FabricException if the provider refuses
   */
  public boolean receive(
      MemorySegment buffer, long offsetBytes, long capacityBytes, long descriptor, long context) {
    long address = address();
    long to = Endpoint.writableAddressIn(buffer, offsetBytes, capacityBytes);
    check(descriptor);
    long result =
        MessageOperations.transfer(
            receiveFunction,
            address,
            to,
            capacityBytes,
            descriptor,
            Constants.FI_ADDR_UNSPEC,
            context);
    return result == 0 || Endpoint.refused(MessageOperations.FI_RECV.name(), result);
  }

  /**
   * Posts a receive with a tag, from any peer to any of the endpoints.
   *
   * @param buffer native memory, not to be touched before the completion
   * @param offsetBytes where the message goes in it
   * @param capacityBytes the most that may arrive; a longer message completes with an error
   * @param descriptor {@link MemoryRegion#descriptor}, or 0 where no registration is needed
   * @param tag the tag wanted
   * @param ignore bits of the tag that need not agree
   * @param context an address of {@link OperationContexts}, not in use by another operation
   * @return false if the provider has no room now: read the completion queues and try again
   * @throws IndexOutOfBoundsException if the region lies outside of the buffer
   * @throws IllegalArgumentException if the buffer is on the heap or read-only, or is not
   *     registered and must be
   * @throws IllegalStateException if this context or the buffer's arena is closed
   * @throws FabricException if the provider refuses
   */
  public boolean receiveTagged(
      MemorySegment buffer,
      long offsetBytes,
      long capacityBytes,
      long descriptor,
      long tag,
      long ignore,
      long context) {
    long address = address();
    long to = Endpoint.writableAddressIn(buffer, offsetBytes, capacityBytes);
    check(descriptor);
    long result =
        TaggedOperations.fi_trecv(
            receiveTaggedFunction, address, to, capacityBytes, descriptor, tag, ignore, context);
    return result == 0 || Endpoint.refused(TaggedOperations.FI_TRECV.name(), result);
  }

  /**
   * Asks that a receive be given up, as {@link Endpoint#cancel} does.
   *
   * @param context the receive's context
   * @return false if the provider knows no such receive or cannot cancel it
   * @throws IllegalStateException if this context is closed
   */
  public boolean cancel(long context) {
    return Operations.fi_cancel(address(), context) == 0;
  }

  private void check(long descriptor) {
    if (needsDescriptor && descriptor == 0) {
      Endpoint.refuseUnregistered();
    }
  }
}
