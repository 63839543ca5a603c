package io.weft.fabric;

import io.weft.fabric.ffm.AbsentFunction;
import io.weft.fabric.ffm.Constants;
import io.weft.fabric.ffm.MessageOperations;
import io.weft.fabric.ffm.Operation;
import io.weft.fabric.ffm.RmaOperations;
import io.weft.fabric.ffm.TaggedOperations;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Messages, reads and writes whose local side is several pieces of memory, fi_msg(3), fi_tagged(3)
 * and fi_rma(3). A message need not be cut at the sender as it is at the receiver. Operations are
 * posted and complete later in the {@link CompletionQueue}; none blocks or allocates. Whoever posts
 * must keep the buffers, their arenas and their registrations open until the completion is there.
 * Made by {@link Endpoint#vectored}; confined to the endpoint's thread.
 */
public final class Vectored {
  private final Endpoint endpoint;
  private final FabricInfo info;
  private final int most;
  private final boolean needsDescriptors;
  private final MemorySegment sendFunction;
  private final MemorySegment receiveFunction;
  private final MemorySegment sendTaggedFunction;
  private final MemorySegment receiveTaggedFunction;
  private final MemorySegment readFunction;
  private final MemorySegment writeFunction;

  Vectored(Endpoint endpoint, long address, FabricInfo info) {
    this.endpoint = endpoint;
    this.info = info;
    most = info.vectorEntries();
    needsDescriptors = info.needsRegistration();
    sendFunction = MessageOperations.FI_SENDV.of(address);
    receiveFunction = MessageOperations.FI_RECVV.of(address);
    sendTaggedFunction = of(TaggedOperations.FI_TSENDV, address, info.hasTags());
    receiveTaggedFunction = of(TaggedOperations.FI_TRECVV, address, info.hasTags());
    readFunction = of(RmaOperations.FI_READV, address, info.has(Capability.RMA));
    writeFunction = of(RmaOperations.FI_WRITEV, address, info.has(Capability.RMA));
  }

  private static MemorySegment of(Operation operation, long address, boolean there) {
    return there ? operation.of(address) : AbsentFunction.ADDRESS;
  }

  /**
   * Posts a send without a tag.
   *
   * @param from what to send, one piece behind the other; not to be changed before the completion
   * @param destination what {@link AddressVector#insert} gave
   * @param context an address of {@link OperationContexts}, not in use by another operation
   * @return false if the provider has no room now: read the completion queue and try again
   * @throws IllegalArgumentException if there are no pieces or more than {@link
   *     FabricInfo#vectorEntries}, or one is not registered and must be, or {@code destination} is
   *     no address of the vector
   * @throws IllegalStateException if the endpoint or an arena of the pieces is closed
   * @throws FabricException if the provider refuses
   */
  public boolean send(IoVector from, long destination, long context) {
    long address = endpoint.address();
    long pieces = from.check(most, false, needsDescriptors);
    endpoint.checkPeer(destination);
    long result =
        MessageOperations.vector(
            sendFunction, address, pieces, from.descriptors(), from.count(), destination, context);
    return result == 0 || Endpoint.refused(MessageOperations.FI_SENDV.name(), result);
  }

  /**
   * Posts a receive without a tag, from any peer.
   *
   * @param to where a message goes, one piece filled after the other; not to be touched before the
   *     completion. A message longer than all of them completes with an error
   * @param context an address of {@link OperationContexts}, not in use by another operation
   * @return false if the provider has no room now: read the completion queue and try again
   * @throws IllegalArgumentException if there are no pieces or more than {@link
   *     FabricInfo#vectorEntries}, or one is read-only, or is not registered and must be
   * @throws IllegalStateException if the endpoint or an arena of the pieces is closed
   * @throws FabricException if the provider refuses
   */
  public boolean receive(IoVector to, long context) {
    long address = endpoint.address();
    long pieces = to.check(most, true, needsDescriptors);
    long result =
        MessageOperations.vector(
            receiveFunction,
            address,
            pieces,
            to.descriptors(),
            to.count(),
            Constants.FI_ADDR_UNSPEC,
            context);
    return result == 0 || Endpoint.refused(MessageOperations.FI_RECVV.name(), result);
  }

  /**
   * Posts a send with a tag.
   *
   * @param from what to send, one piece behind the other; not to be changed before the completion
   * @param destination what {@link AddressVector#insert} gave
   * @param tag all 64 bits are matched
   * @param context an address of {@link OperationContexts}, not in use by another operation
   * @return false if the provider has no room now: read the completion queue and try again
   * @throws IllegalArgumentException if there are no pieces or more than {@link
   *     FabricInfo#vectorEntries}, or one is not registered and must be, or {@code destination} is
   *     no address of the vector
   * @throws IllegalStateException if the endpoint or an arena of the pieces is closed
   * @throws FabricException if the provider refuses
   */
  public boolean sendTagged(IoVector from, long destination, long tag, long context) {
    long address = endpoint.address();
    long pieces = from.check(most, false, needsDescriptors);
    endpoint.checkPeer(destination);
    long result =
        TaggedOperations.fi_tsendv(
            sendTaggedFunction,
            address,
            pieces,
            from.descriptors(),
            from.count(),
            destination,
            tag,
            context);
    return result == 0 || Endpoint.refused(TaggedOperations.FI_TSENDV.name(), result);
  }

  /**
   * Posts a receive with a tag, from any peer.
   *
   * @param to where a message goes, one piece filled after the other; not to be touched before the
   *     completion. A message longer than all of them completes with an error
   * @param tag the tag wanted
   * @param ignore bits of the tag that need not agree
   * @param context an address of {@link OperationContexts}, not in use by another operation
   * @return false if the provider has no room now: read the completion queue and try again
   * @throws IllegalArgumentException if there are no pieces or more than {@link
   *     FabricInfo#vectorEntries}, or one is read-only, or is not registered and must be
   * @throws IllegalStateException if the endpoint or an arena of the pieces is closed
   * @throws FabricException if the provider refuses
   */
  public boolean receiveTagged(IoVector to, long tag, long ignore, long context) {
    long address = endpoint.address();
    long pieces = to.check(most, true, needsDescriptors);
    long result =
        TaggedOperations.fi_trecvv(
            receiveTaggedFunction,
            address,
            pieces,
            to.descriptors(),
            to.count(),
            tag,
            ignore,
            context);
    return result == 0 || Endpoint.refused(TaggedOperations.FI_TRECVV.name(), result);
  }

  /**
   * Posts a read of a peer's memory into several pieces of this process's.
   *
   * @param to where the data go, one piece filled after the other; not to be touched before the
   *     completion
   * @param peer what {@link AddressVector#insert} gave
   * @param remote the peer's memory, registered with {@link Access#REMOTE_READ}
   * @param remoteOffsetBytes where in it to read
   * @param context an address of {@link OperationContexts}, not in use by another operation
   * @return false if the provider has no room now: read the completion queue and try again
   * @throws UnsupportedOperationException if the endpoint was opened without {@link Capability#RMA}
   * @throws IndexOutOfBoundsException if the read lies outside of the peer's memory
   * @throws IllegalArgumentException if there are no pieces or more than {@link
   *     FabricInfo#vectorEntries}, or one is read-only, or is not registered and must be, or {@code
   *     peer} is no address of the vector
   * @throws IllegalStateException if the endpoint or an arena of the pieces is closed
   * @throws FabricException if the provider refuses
   */
  public boolean read(
      IoVector to, long peer, RemoteRegion remote, long remoteOffsetBytes, long context) {
    long address = endpoint.address();
    long pieces = to.check(most, true, needsDescriptors);
    long from = addressIn(remote, remoteOffsetBytes, to.lengthBytes());
    endpoint.checkPeer(peer);
    long result =
        RmaOperations.vector(
            readFunction,
            address,
            pieces,
            to.descriptors(),
            to.count(),
            peer,
            from,
            remote.key(),
            context);
    return result == 0 || Endpoint.refused(RmaOperations.FI_READV.name(), result);
  }

  /**
   * Posts a write of several pieces to a peer's memory. Its completion says that the pieces may be
   * changed, not yet that the data are there.
   *
   * @param from what to write, one piece behind the other; not to be changed before the completion
   * @param peer what {@link AddressVector#insert} gave
   * @param remote the peer's memory, registered with {@link Access#REMOTE_WRITE}
   * @param remoteOffsetBytes where in it to write
   * @param context an address of {@link OperationContexts}, not in use by another operation
   * @return false if the provider has no room now: read the completion queue and try again
   * @throws UnsupportedOperationException if the endpoint was opened without {@link Capability#RMA}
   * @throws IndexOutOfBoundsException if the write lies outside of the peer's memory
   * @throws IllegalArgumentException if there are no pieces or more than {@link
   *     FabricInfo#vectorEntries}, or one is not registered and must be, or {@code peer} is no
   *     address of the vector
   * @throws IllegalStateException if the endpoint or an arena of the pieces is closed
   * @throws FabricException if the provider refuses
   */
  public boolean write(
      IoVector from, long peer, RemoteRegion remote, long remoteOffsetBytes, long context) {
    long address = endpoint.address();
    long pieces = from.check(most, false, needsDescriptors);
    long to = addressIn(remote, remoteOffsetBytes, from.lengthBytes());
    endpoint.checkPeer(peer);
    long result =
        RmaOperations.vector(
            writeFunction,
            address,
            pieces,
            from.descriptors(),
            from.count(),
            peer,
            to,
            remote.key(),
            context);
    return result == 0 || Endpoint.refused(RmaOperations.FI_WRITEV.name(), result);
  }

  private long addressIn(RemoteRegion remote, long offsetBytes, long lengthBytes) {
    info.require(Capability.RMA);
    Objects.checkFromIndexSize(offsetBytes, lengthBytes, remote.lengthBytes());
    return remote.address() + offsetBytes;
  }
}
