package io.weft.fabric;

import io.weft.fabric.ffm.Constants;
import io.weft.fabric.ffm.Layouts.fi_msg_tagged;
import io.weft.fabric.ffm.Layouts.iovec;
import io.weft.fabric.ffm.TaggedOperations;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Looks at tagged messages that have arrived before a receive was posted, {@code fi_trecvmsg} of
 * fi_tagged(3) with {@code FI_PEEK}, {@code FI_CLAIM} and {@code FI_DISCARD}. The answer of {@link
 * #peek}, {@link #claim} and {@link #discard} is a completion with the context given: a receive
 * with the message's tag and length (which may be 0 of a discarded one), or a {@link
 * CompletionError} with {@link CompletionError#isNoMessage} if there is none. No call blocks or
 * allocates. Made by {@link Endpoint#taggedProbe}; confined to the endpoint's thread.
 */
public final class TaggedProbe {
  private static final long VECTOR = fi_msg_tagged.sizeof;
  private static final long DESCRIPTOR = VECTOR + iovec.sizeof;

  /** The first major version whose shm provider looks at the flags of a receive. */
  private static final int SHM_PEEKS = 2;

  private final Endpoint endpoint;
  private final boolean needsDescriptor;
  private final MemorySegment function;
  private final MemorySegment message = Arena.ofAuto().allocate(DESCRIPTOR + Long.BYTES, 64);
  private final long messageAddress = message.address();

  TaggedProbe(Endpoint endpoint, long address, FabricInfo info) {
    this.endpoint = endpoint;
    needsDescriptor = info.needsRegistration();
    function = TaggedOperations.FI_TRECVMSG.of(address);
    put(fi_msg_tagged.msg_iov, messageAddress + VECTOR);
    put(fi_msg_tagged.desc, messageAddress + DESCRIPTOR);
    put(fi_msg_tagged.addr, Constants.FI_ADDR_UNSPEC);
  }

  /** Fails where the provider would take a peek for a receive, and lose the message. */
  static void check(String provider, int libraryVersion) {
    if (provider.equals("shm") && libraryVersion >>> 16 < SHM_PEEKS) {
      throw new UnsupportedOperationException(
          "provider shm of libfabric "
              + (libraryVersion >>> 16)
              + "."
              + (libraryVersion & 0xffff)
              + " offers no FI_PEEK: it takes one for a receive and loses the message");
    }
  }

  /**
   * Asks for the first message that would match a receive, and leaves it there.
   *
   * @param tag the tag wanted
   * @param ignore bits of the tag that need not agree
   * @param context an address of {@link OperationContexts}, not in use by another operation
   * @return false if the provider has no room now: read the completion queue and try again
   * @throws IllegalStateException if the endpoint is closed
   * @throws FabricException if the provider refuses
   */
  public boolean peek(long tag, long ignore, long context) {
    return ask(tag, ignore, context, Constants.FI_PEEK);
  }

  /**
   * Asks for the first message that would match a receive, and keeps it for {@link
   * #receiveClaimed}: no other receive gets it.
   *
   * @param tag the tag wanted
   * @param ignore bits of the tag that need not agree
   * @param context an address of {@link OperationContexts}, not in use by another operation; the
   *     claim is bound to it
   * @return false if the provider has no room now: read the completion queue and try again
   * @throws IllegalStateException if the endpoint is closed
   * @throws FabricException if the provider refuses
   */
  public boolean claim(long tag, long ignore, long context) {
    return ask(tag, ignore, context, Constants.FI_PEEK | Constants.FI_CLAIM);
  }

  /**
   * Throws the first message away that would match a receive.
   *
   * @param tag the tag wanted
   * @param ignore bits of the tag that need not agree
   * @param context an address of {@link OperationContexts}, not in use by another operation
   * @return false if the provider has no room now: read the completion queue and try again
   * @throws IllegalStateException if the endpoint is closed
   * @throws FabricException if the provider refuses
   */
  public boolean discard(long tag, long ignore, long context) {
    return ask(tag, ignore, context, Constants.FI_PEEK | Constants.FI_DISCARD);
  }

  /**
   * Posts the receive of a message that was claimed.
   *
   * @param buffer native memory, not to be touched before the completion
   * @param offsetBytes where the message goes in it
   * @param capacityBytes the most that it may be; a longer message completes with an error
   * @param descriptor {@link MemoryRegion#descriptor}, or 0 where no registration is needed
   * @param tag the tag of the claim
   * @param context the context of the claim
   * @return false if the provider has no room now: read the completion queue and try again
   * @throws IndexOutOfBoundsException if the region lies outside of the buffer
   * @throws IllegalArgumentException if the buffer is on the heap or read-only, or is not
   *     registered and must be
   * @throws IllegalStateException if the endpoint or the buffer's arena is closed
   * @throws FabricException if the provider refuses
   */
  public boolean receiveClaimed(
      MemorySegment buffer,
      long offsetBytes,
      long capacityBytes,
      long descriptor,
      long tag,
      long context) {
    long address = endpoint.address();
    long to = Endpoint.writableAddressIn(buffer, offsetBytes, capacityBytes);
    if (needsDescriptor && descriptor == 0) {
      Endpoint.refuseUnregistered();
    }
    put(VECTOR + iovec.iov_base, to);
    put(VECTOR + iovec.iov_len, capacityBytes);
    put(DESCRIPTOR, descriptor);
    put(fi_msg_tagged.iov_count, 1);
    return post(address, tag, 0, context, Constants.FI_CLAIM);
  }

  private boolean ask(long tag, long ignore, long context, long flags) {
    put(fi_msg_tagged.iov_count, 0);
    return post(endpoint.address(), tag, ignore, context, flags);
  }

  private boolean post(long address, long tag, long ignore, long context, long flags) {
    put(fi_msg_tagged.tag, tag);
    put(fi_msg_tagged.ignore, ignore);
    put(fi_msg_tagged.context, context);
    long result =
        TaggedOperations.fi_trecvmsg(
            function, address, messageAddress, flags | Constants.FI_COMPLETION);
    return result == 0 || Endpoint.refused(TaggedOperations.FI_TRECVMSG.name(), result);
  }

  private void put(long offset, long value) {
    message.set(ValueLayout.JAVA_LONG, offset, value);
  }
}
