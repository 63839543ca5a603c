package io.weft.fabric;

import io.weft.fabric.ffm.Constants;
import io.weft.fabric.ffm.MessageOperations;
import java.lang.foreign.MemorySegment;

/**
 * Messages without tags through an endpoint, fi_msg(3): each goes into the receive that was posted
 * first, whoever sends it. They never meet receives of {@link Endpoint#receive}. Sends and receives
 * are posted and complete later in the {@link CompletionQueue}; no call blocks or allocates.
 * Whoever posts must keep the buffer, its arena and its registration open until the completion is
 * there; a receive can be given up by {@link Endpoint#cancel}. Made by {@link Endpoint#messages};
 * confined to the endpoint's thread.
 */
public final class Messages {
  private final Endpoint endpoint;
  private final long injectBytes;
  private final int dataBytes;
  private final boolean needsDescriptor;
  private final MemorySegment sendFunction;
  private final MemorySegment receiveFunction;
  private final MemorySegment injectFunction;
  private final MemorySegment sendDataFunction;

  Messages(Endpoint endpoint, long address, FabricInfo info) {
    this.endpoint = endpoint;
    injectBytes = info.injectBytes();
    dataBytes = info.completionDataBytes();
    needsDescriptor = info.needsRegistration();
    sendFunction = MessageOperations.FI_SEND.of(address);
    receiveFunction = MessageOperations.FI_RECV.of(address);
    injectFunction = MessageOperations.FI_INJECT.of(address);
    sendDataFunction = MessageOperations.FI_SENDDATA.of(address);
  }

  /**
   * Posts a send.
   *
   * @param buffer native memory, not to be changed before the completion
   * @param offsetBytes where the message starts in it
   * @param lengthBytes the message's length
   * @param descriptor {@link MemoryRegion#descriptor}, or 0 where no registration is needed
   * @param destination what {@link AddressVector#insert} gave
   * @param context an address of {@link OperationContexts}, not in use by another operation
   * @return false if the provider has no room now: read the completion queue and try again
   * @throws IndexOutOfBoundsException if the message lies outside of the buffer
   * @throws IllegalArgumentException if the buffer is on the heap, or is not registered and must be
   * @throws IllegalStateException if the endpoint or the buffer's arena is closed
   * @throws FabricException if the provider refuses
   */
  public boolean send(
      MemorySegment buffer,
      long offsetBytes,
      long lengthBytes,
      long descriptor,
      long destination,
      long context) {
    long address = endpoint.address();
    long from = Endpoint.addressIn(buffer, offsetBytes, lengthBytes);
    check(descriptor);
    long result =
        MessageOperations.transfer(
            sendFunction, address, from, lengthBytes, descriptor, destination, context);
    return result == 0 || Endpoint.refused(MessageOperations.FI_SEND.name(), result);
  }

  /**
   * Posts a send that carries a number to the receiver's completion, {@link CompletionQueue#data}.
   *
   * @param buffer native memory, not to be changed before the completion
   * @param offsetBytes where the message starts in it
   * @param lengthBytes the message's length
   * @param descriptor {@link MemoryRegion#descriptor}, or 0 where no registration is needed
   * @param data of {@link FabricInfo#completionDataBytes}
   * @param destination what {@link AddressVector#insert} gave
   * @param context an address of {@link OperationContexts}, not in use by another operation
   * @return false if the provider has no room now: read the completion queue and try again
   * @throws IndexOutOfBoundsException if the message lies outside of the buffer
   * @throws IllegalArgumentException if the buffer is on the heap, or is not registered and must be
   * @throws IllegalStateException if the endpoint or the buffer's arena is closed
   * @throws FabricException if the provider refuses
   */
  public boolean sendData(
      MemorySegment buffer,
      long offsetBytes,
      long lengthBytes,
      long descriptor,
      long data,
      long destination,
      long context) {
    long address = endpoint.address();
    long from = Endpoint.addressIn(buffer, offsetBytes, lengthBytes);
    check(descriptor);
    Endpoint.checkData(data, dataBytes);
    long result =
        MessageOperations.fi_senddata(
            sendDataFunction, address, from, lengthBytes, descriptor, data, destination, context);
    return result == 0 || Endpoint.refused(MessageOperations.FI_SENDDATA.name(), result);
  }

  /**
   * Sends a short message at once: the buffer may be changed on return, and no completion follows.
   *
   * @param buffer native memory
   * @param offsetBytes where the message starts in it
   * @param lengthBytes the message's length, at most {@link FabricInfo#injectBytes}
   * @param destination what {@link AddressVector#insert} gave
   * @return false if the provider has no room now: read the completion queue and try again
   * @throws IndexOutOfBoundsException if the message lies outside of the buffer
   * @throws IllegalArgumentException if the buffer is on the heap or the message too long
   * @throws IllegalStateException if the endpoint or the buffer's arena is closed
   * @throws FabricException if the provider refuses
   */
  public boolean inject(
      MemorySegment buffer, long offsetBytes, long lengthBytes, long destination) {
    long address = endpoint.address();
    long from = Endpoint.addressIn(buffer, offsetBytes, lengthBytes);
    if (lengthBytes > injectBytes) {
      throw new IllegalArgumentException(
          "inject of " + lengthBytes + " bytes, more than the provider's " + injectBytes);
    }
    long result =
        MessageOperations.fi_inject(injectFunction, address, from, lengthBytes, destination);
    return result == 0 || Endpoint.refused(MessageOperations.FI_INJECT.name(), result);
  }

  /**
   * Posts a receive from any peer.
   *
   * @param buffer native memory, not to be touched before the completion
   * @param offsetBytes where the message goes in it
   * @param capacityBytes the most that may arrive; a longer message completes with an error
   * @param descriptor {@link MemoryRegion#descriptor}, or 0 where no registration is needed
   * @param context an address of {@link OperationContexts}, not in use by another operation
   * @return false if the provider has no room now: read the completion queue and try again
   * @throws IndexOutOfBoundsException if the region lies outside of the buffer
   * @throws IllegalArgumentException if the buffer is on the heap or read-only, or is not
   *     registered and must be
   * @throws IllegalStateException if the endpoint or the buffer's arena is closed
   * @throws FabricException if the provider refuses
   */
  public boolean receive(
      MemorySegment buffer, long offsetBytes, long capacityBytes, long descriptor, long context) {
    long address = endpoint.address();
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

  private void check(long descriptor) {
    if (needsDescriptor && descriptor == 0) {
      Endpoint.refuseUnregistered();
    }
  }
}
