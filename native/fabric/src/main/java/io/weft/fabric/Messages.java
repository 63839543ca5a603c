package io.weft.fabric;

import io.weft.fabric.ffm.Constants;
import io.weft.fabric.ffm.Layouts.fi_msg;
import io.weft.fabric.ffm.Layouts.iovec;
import io.weft.fabric.ffm.MessageOperations;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Messages without tags through an endpoint, fi_msg(3): each goes into the receive that was posted
 * first, whoever sends it. They never meet receives of {@link Endpoint#receive}. Sends and receives
 * are posted and complete later in the {@link CompletionQueue}; no call blocks or allocates.
 * Whoever posts must keep the buffer, its arena and its registration open until the completion is
 * there; a receive can be given up by {@link Endpoint#cancel}. Made by {@link Endpoint#messages};
 * confined to the endpoint's thread.
 */
public final class Messages {
  private static final long VECTOR = fi_msg.sizeof;
  private static final long DESCRIPTOR = VECTOR + iovec.sizeof;

  private final Endpoint endpoint;
  private final FabricInfo info;
  private final long injectBytes;
  private final boolean injectCritical;
  private final int dataBytes;
  private final boolean needsDescriptor;
  private final MemorySegment sendFunction;
  private final MemorySegment receiveFunction;
  private final MemorySegment injectFunction;
  private final MemorySegment sendDataFunction;
  private final MemorySegment receiveMessageFunction;

  /** What describes the receive of many messages: the provider reads it during the call only. */
  private final MemorySegment message = Arena.ofAuto().allocate(DESCRIPTOR + Long.BYTES, 64);

  private final long messageAddress = message.address();

  Messages(Endpoint endpoint, long address, FabricInfo info) {
    this.endpoint = endpoint;
    this.info = info;
    injectBytes = info.injectBytes();
    injectCritical = ShortCalls.inject(info.provider());
    dataBytes = info.completionDataBytes();
    needsDescriptor = info.needsRegistration();
    sendFunction = MessageOperations.FI_SEND.of(address);
    receiveFunction = MessageOperations.FI_RECV.of(address);
    injectFunction = MessageOperations.FI_INJECT.of(address);
    sendDataFunction = MessageOperations.FI_SENDDATA.of(address);
    receiveMessageFunction = MessageOperations.FI_RECVMSG.of(address);
    put(fi_msg.msg_iov, messageAddress + VECTOR);
    put(fi_msg.desc, messageAddress + DESCRIPTOR);
    put(fi_msg.iov_count, 1);
    put(fi_msg.addr, Constants.FI_ADDR_UNSPEC);
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
      long context) {
    long address = endpoint.address();
    long from = Endpoint.addressIn(buffer, offsetBytes, lengthBytes);
    check(descriptor);
    endpoint.checkPeer(destination);
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
   * @throws IllegalArgumentException if the buffer is on the heap, or is not registered and must
   *     be, or {@code destination} is no address of the vector
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
    endpoint.checkPeer(destination);
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
   * @throws IllegalArgumentException if the buffer is on the heap or the message too long, or
   *     {@code destination} is no address of the vector
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
    endpoint.checkPeer(destination);
    long result =
        injectCritical
            ? MessageOperations.fi_inject_critical(
                injectFunction, address, from, lengthBytes, destination)
            : MessageOperations.fi_inject(injectFunction, address, from, lengthBytes, destination);
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

  /**
   * Posts a receive that takes messages from any peer, one behind the other, until less than {@link
   * EndpointOption#MIN_MULTI_RECEIVE} is left. Each message is a completion with {@link
   * CompletionQueue#address}; {@link CompletionQueue#isReleased} says when no more will come.
   *
   * @param buffer native memory, not to be touched before a message's completion, nor given to
   *     anything else before it is released
   * @param offsetBytes where the messages go in it
   * @param capacityBytes the most that may arrive
   * @param descriptor {@link MemoryRegion#descriptor}, or 0 where no registration is needed
   * @param context an address of {@link OperationContexts}, not in use by another operation
   * @return false if the provider has no room now: read the completion queue and try again
   * @throws UnsupportedOperationException if the endpoint was opened without {@link
   *     Capability#MULTI_RECEIVE}
   * @throws IndexOutOfBoundsException if the region lies outside of the buffer
   * @throws IllegalArgumentException if the buffer is on the heap or read-only, or is not
   *     registered and must be
   * @throws IllegalStateException if the endpoint or the buffer's arena is closed
   * @throws FabricException if the provider refuses
   */
  public boolean receiveMany(
      MemorySegment buffer, long offsetBytes, long capacityBytes, long descriptor, long context) {
    final long address = endpoint.address();
    final long to = Endpoint.writableAddressIn(buffer, offsetBytes, capacityBytes);
    info.require(Capability.MULTI_RECEIVE);
    check(descriptor);
    put(VECTOR + iovec.iov_base, to);
    put(VECTOR + iovec.iov_len, capacityBytes);
    put(DESCRIPTOR, descriptor);
    put(fi_msg.context, context);
    long result =
        MessageOperations.fi_recvmsg(
            receiveMessageFunction,
            address,
            messageAddress,
            Constants.FI_MULTI_RECV | Constants.FI_COMPLETION);
    return result == 0 || Endpoint.refused(MessageOperations.FI_RECVMSG.name(), result);
  }

  private void put(long offset, long value) {
    message.set(ValueLayout.JAVA_LONG, offset, value);
  }

  private void check(long descriptor) {
    if (needsDescriptor && descriptor == 0) {
      Endpoint.refuseUnregistered();
    }
  }
}
