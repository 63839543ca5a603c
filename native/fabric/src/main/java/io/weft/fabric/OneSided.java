package io.weft.fabric;

import io.weft.fabric.ffm.Constants;
import io.weft.fabric.ffm.RmaOperations;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Reads and writes of peers' memory through an endpoint, fi_rma(3). The peer's thread takes no part
 * unless its provider moves data only while its completion queue is read ({@link
 * FabricInfo#progress}). Operations are posted and complete later in the {@link CompletionQueue};
 * none blocks or allocates. Whoever posts must keep the buffer, its arena and its registration open
 * until the completion is there.
 *
 * <p>A wrong key, a region that its owner has closed or one that is shorter than its {@link
 * RemoteRegion} says, is a {@link CompletionError} of a read and of {@link #writeDelivered}. The
 * other writes are complete when they have left; such a one is dropped by the peer, and over TCP
 * the connection with it. The shm provider of libfabric 1.17 checks no key where it uses virtual
 * addresses, and where it does not, never completes what it has to refuse: keep a region open until
 * no peer will use it.
 *
 * <p>Made by {@link Endpoint#oneSided}; confined to the endpoint's thread.
 */
public final class OneSided {
  private static final long DELIVERED = Constants.FI_COMPLETION | Constants.FI_DELIVERY_COMPLETE;

  private final WriteMessage message = new WriteMessage();
  private final Endpoint endpoint;
  private final long injectBytes;
  private final int dataBytes;
  private final boolean needsDescriptor;
  private final MemorySegment readFunction;
  private final MemorySegment writeFunction;
  private final MemorySegment writeMessageFunction;
  private final MemorySegment injectFunction;
  private final MemorySegment writeDataFunction;

  OneSided(Endpoint endpoint, long address, FabricInfo info) {
    this.endpoint = endpoint;
    injectBytes = info.injectBytes();
    dataBytes = info.completionDataBytes();
    needsDescriptor = info.needsRegistration();
    readFunction = RmaOperations.FI_READ.of(address);
    writeFunction = RmaOperations.FI_WRITE.of(address);
    writeMessageFunction = RmaOperations.FI_WRITEMSG.of(address);
    injectFunction = RmaOperations.FI_INJECT_WRITE.of(address);
    writeDataFunction = RmaOperations.FI_WRITEDATA.of(address);
  }

  /**
   * Posts a read of a peer's memory.
   *
   * @param buffer native memory, not to be touched before the completion
   * @param offsetBytes where in it the data go
   * @param lengthBytes how much to read
   * @param descriptor {@link MemoryRegion#descriptor} of a region with {@link Access#READ}, or 0
   *     where no registration is needed
   * @param peer what {@link AddressVector#insert} gave
   * @param remote the peer's memory, registered with {@link Access#REMOTE_READ}
   * @param remoteOffsetBytes where in it to read
   * @param context an address of {@link OperationContexts}, not in use by another operation
   * @return false if the provider has no room now: read the completion queue and try again
   * @throws IndexOutOfBoundsException if either side lies outside of its memory
   * @throws IllegalArgumentException if the buffer is on the heap or read-only, or is not
   *     registered and must be, or {@code peer} is no address of the vector
   * @throws IllegalStateException if the endpoint or the buffer's arena is closed
   * @throws FabricException if the provider refuses
   */
  public boolean read(
      MemorySegment buffer,
      long offsetBytes,
      long lengthBytes,
      long descriptor,
      long peer,
      RemoteRegion remote,
      long remoteOffsetBytes,
      long context) {
    long address = endpoint.address();
    long to = Endpoint.writableAddressIn(buffer, offsetBytes, lengthBytes);
    long from = addressIn(remote, remoteOffsetBytes, lengthBytes);
    check(descriptor);
    endpoint.checkPeer(peer);
    long result =
        RmaOperations.transfer(
            readFunction, address, to, lengthBytes, descriptor, peer, from, remote.key(), context);
    return result == 0 || Endpoint.refused(RmaOperations.FI_READ.name(), result);
  }

  /**
   * Posts a write to a peer's memory. Its completion says that the buffer may be changed, not yet
   * that the data are there.
   *
   * @param buffer native memory, not to be changed before the completion
   * @param offsetBytes where in it the data start
   * @param lengthBytes how much to write
   * @param descriptor {@link MemoryRegion#descriptor} of a region with {@link Access#WRITE}, or 0
   *     where no registration is needed
   * @param peer what {@link AddressVector#insert} gave
   * @param remote the peer's memory, registered with {@link Access#REMOTE_WRITE}
   * @param remoteOffsetBytes where in it to write
   * @param context an address of {@link OperationContexts}, not in use by another operation
   * @return false if the provider has no room now: read the completion queue and try again
   * @throws IndexOutOfBoundsException if either side lies outside of its memory
   * @throws IllegalArgumentException if the buffer is on the heap, or is not registered and must
   *     be, or {@code peer} is no address of the vector
   * @throws IllegalStateException if the endpoint or the buffer's arena is closed
   * @throws FabricException if the provider refuses
   */
  public boolean write(
      MemorySegment buffer,
      long offsetBytes,
      long lengthBytes,
      long descriptor,
      long peer,
      RemoteRegion remote,
      long remoteOffsetBytes,
      long context) {
    long address = endpoint.address();
    long from = Endpoint.addressIn(buffer, offsetBytes, lengthBytes);
    long to = addressIn(remote, remoteOffsetBytes, lengthBytes);
    check(descriptor);
    endpoint.checkPeer(peer);
    long result =
        RmaOperations.transfer(
            writeFunction, address, from, lengthBytes, descriptor, peer, to, remote.key(), context);
    return result == 0 || Endpoint.refused(RmaOperations.FI_WRITE.name(), result);
  }

  /**
   * Posts a write whose completion says that the data are in the peer's memory ({@code
   * FI_DELIVERY_COMPLETE}). Over TCP this takes the peer's answer, as a read does.
   *
   * @param buffer native memory, not to be changed before the completion
   * @param offsetBytes where in it the data start
   * @param lengthBytes how much to write
   * @param descriptor {@link MemoryRegion#descriptor} of a region with {@link Access#WRITE}, or 0
   *     where no registration is needed
   * @param peer what {@link AddressVector#insert} gave
   * @param remote the peer's memory, registered with {@link Access#REMOTE_WRITE}
   * @param remoteOffsetBytes where in it to write
   * @param context an address of {@link OperationContexts}, not in use by another operation
   * @return false if the provider has no room now: read the completion queue and try again
   * @throws IndexOutOfBoundsException if either side lies outside of its memory
   * @throws IllegalArgumentException if the buffer is on the heap, or is not registered and must
   *     be, or {@code peer} is no address of the vector
   * @throws IllegalStateException if the endpoint or the buffer's arena is closed
   * @throws FabricException if the provider refuses
   */
  public boolean writeDelivered(
      MemorySegment buffer,
      long offsetBytes,
      long lengthBytes,
      long descriptor,
      long peer,
      RemoteRegion remote,
      long remoteOffsetBytes,
      long context) {
    long address = endpoint.address();
    long from = Endpoint.addressIn(buffer, offsetBytes, lengthBytes);
    long to = addressIn(remote, remoteOffsetBytes, lengthBytes);
    check(descriptor);
    endpoint.checkPeer(peer);
    long filled = message.fill(from, lengthBytes, descriptor, peer, to, remote.key(), context);
    long result = RmaOperations.fi_writemsg(writeMessageFunction, address, filled, DELIVERED);
    return result == 0 || Endpoint.refused(RmaOperations.FI_WRITEMSG.name(), result);
  }

  /**
   * Writes a little at once: the buffer may be changed on return, and no completion follows.
   *
   * @param buffer native memory
   * @param offsetBytes where in it the data start
   * @param lengthBytes how much to write, at most {@link FabricInfo#injectBytes}
   * @param peer what {@link AddressVector#insert} gave
   * @param remote the peer's memory, registered with {@link Access#REMOTE_WRITE}
   * @param remoteOffsetBytes where in it to write
   * @return false if the provider has no room now: read the completion queue and try again
   * @throws IndexOutOfBoundsException if either side lies outside of its memory
   * @throws IllegalArgumentException if the buffer is on the heap or the length too great, or
   *     {@code peer} is no address of the vector
   * @throws IllegalStateException if the endpoint or the buffer's arena is closed
   * @throws FabricException if the provider refuses
   */
  public boolean inject(
      MemorySegment buffer,
      long offsetBytes,
      long lengthBytes,
      long peer,
      RemoteRegion remote,
      long remoteOffsetBytes) {
    long address = endpoint.address();
    long from = Endpoint.addressIn(buffer, offsetBytes, lengthBytes);
    long to = addressIn(remote, remoteOffsetBytes, lengthBytes);
    if (lengthBytes > injectBytes) {
      throw new IllegalArgumentException(
          "inject of " + lengthBytes + " bytes, more than the provider's " + injectBytes);
    }
    endpoint.checkPeer(peer);
    long result =
        RmaOperations.fi_inject_write(
            injectFunction, address, from, lengthBytes, peer, to, remote.key());
    return result == 0 || Endpoint.refused(RmaOperations.FI_INJECT_WRITE.name(), result);
  }

  /**
   * Posts a write that the peer is told of: its completion queue gets an entry with {@link
   * CompletionQueue#isRemoteWrite} and {@link CompletionQueue#data} once the data are there.
   *
   * @param buffer native memory, not to be changed before the completion
   * @param offsetBytes where in it the data start
   * @param lengthBytes how much to write
   * @param descriptor {@link MemoryRegion#descriptor} of a region with {@link Access#WRITE}, or 0
   *     where no registration is needed
   * @param data what the peer's completion carries; of {@link FabricInfo#completionDataBytes}
   * @param peer what {@link AddressVector#insert} gave
   * @param remote the peer's memory, registered with {@link Access#REMOTE_WRITE}
   * @param remoteOffsetBytes where in it to write
   * @param context an address of {@link OperationContexts}, not in use by another operation
   * @return false if the provider has no room now: read the completion queue and try again
   * @throws IndexOutOfBoundsException if either side lies outside of its memory
   * @throws IllegalArgumentException if the buffer is on the heap, or is not registered and must
   *     be, or {@code data} has more bytes than the provider carries, or {@code peer} is no address
   *     of the vector
   * @throws IllegalStateException if the endpoint or the buffer's arena is closed
   * @throws FabricException if the provider refuses
   */
  public boolean writeData(
      MemorySegment buffer,
      long offsetBytes,
      long lengthBytes,
      long descriptor,
      long data,
      long peer,
      RemoteRegion remote,
      long remoteOffsetBytes,
      long context) {
    long address = endpoint.address();
    long from = Endpoint.addressIn(buffer, offsetBytes, lengthBytes);
    long to = addressIn(remote, remoteOffsetBytes, lengthBytes);
    check(descriptor);
    Endpoint.checkData(data, dataBytes);
    endpoint.checkPeer(peer);
    long result =
        RmaOperations.fi_writedata(
            writeDataFunction,
            address,
            from,
            lengthBytes,
            descriptor,
            data,
            peer,
            to,
            remote.key(),
            context);
    return result == 0 || Endpoint.refused(RmaOperations.FI_WRITEDATA.name(), result);
  }

  private static long addressIn(RemoteRegion remote, long offsetBytes, long lengthBytes) {
    Objects.checkFromIndexSize(offsetBytes, lengthBytes, remote.lengthBytes());
    return remote.address() + offsetBytes;
  }

  private void check(long descriptor) {
    if (needsDescriptor && descriptor == 0) {
      Endpoint.refuseUnregistered();
    }
  }
}
