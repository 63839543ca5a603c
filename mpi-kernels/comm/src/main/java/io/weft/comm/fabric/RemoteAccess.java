package io.weft.comm.fabric;

import io.weft.comm.CommunicatorException;
import io.weft.fabric.Access;
import io.weft.fabric.Capability;
import io.weft.fabric.FabricInfo;
import io.weft.fabric.MemoryRegion;
import io.weft.fabric.OneSided;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/** Reads and writes of other ranks' memory through a provider: posts what a request asks for. */
final class RemoteAccess {
  /** What a write can tell: a context, and which of its memories. */
  private static final int TOLD_BYTES = 4;

  private static final int CONTEXT_SHIFT = 16;

  /** How many memories a context can tell apart. */
  static final int MOST_TOLD = 1 << CONTEXT_SHIFT;

  private static final Set<Access> SHARED =
      Set.of(Access.READ, Access.WRITE, Access.REMOTE_READ, Access.REMOTE_WRITE);

  private final Link link;
  private final OneSided oneSided;
  private final long[] addresses;

  RemoteAccess(Link link) {
    this.link = link;
    this.addresses = link.addresses();
    this.oneSided = link.info().has(Capability.RMA) ? link.endpoint().oneSided() : null;
  }

  /** Whether the provider reads and writes remote memory. */
  boolean isOffered() {
    return oneSided != null;
  }

  /** Whether a write can tell the other rank that it has come. */
  boolean tells() {
    return isOffered() && link.info().completionDataBytes() >= TOLD_BYTES;
  }

  /** Refuses a provider that has no such access. */
  void require() {
    if (oneSided == null) {
      FabricInfo info = link.info();
      throw new CommunicatorException(
          "provider " + info.provider() + " reads and writes no remote memory (FI_RMA): " + info);
    }
  }

  /** Registers memory for the other ranks; to be closed. */
  MemoryRegion share(MemorySegment memory) {
    return link.domain().register(memory, SHARED);
  }

  /** What a write tells of the memory {@code which} of a context. */
  static long told(int context, int which) {
    return (long) context << CONTEXT_SHIFT | which;
  }

  static int contextOf(long told) {
    return (int) (told >>> CONTEXT_SHIFT);
  }

  static int whichOf(long told) {
    return (int) told & MOST_TOLD - 1;
  }

  /** Posts it; false if the provider has no room now. */
  boolean post(FabricRequest r, long descriptor) {
    long peer = addresses[r.peer];
    return switch (r.stage) {
      case READ ->
          oneSided.read(
              r.buffer, r.offset, r.length, descriptor, peer, r.remote, r.remoteOffset, r.context);
      case WRITE ->
          oneSided.writeDelivered(
              r.buffer, r.offset, r.length, descriptor, peer, r.remote, r.remoteOffset, r.context);
      default ->
          oneSided.writeData(
              r.buffer,
              r.offset,
              r.length,
              descriptor,
              r.told,
              peer,
              r.remote,
              r.remoteOffset,
              r.context);
    };
  }
}
