package io.weft.kernels;

import io.weft.comm.PersistentRequest;
import io.weft.comm.ReceiveStatus;
import java.lang.foreign.MemorySegment;

/** A message of a {@link LocalCommunicator} that is sent or received again and again. */
final class LocalPersistentRequest implements PersistentRequest {
  private final LocalCommunicator communicator;
  private final boolean isReceive;
  private final MemorySegment buffer;
  private final long offset;
  private final long length;
  private final int peer;
  private final int tag;
  private final LocalRequest inner = new LocalRequest();

  LocalPersistentRequest(
      LocalCommunicator communicator,
      boolean isReceive,
      MemorySegment buffer,
      long offset,
      long length,
      int peer,
      int tag) {
    this.communicator = communicator;
    this.isReceive = isReceive;
    this.buffer = buffer;
    this.offset = offset;
    this.length = length;
    this.peer = peer;
    this.tag = tag;
  }

  @Override
  public void start() {
    if (isReceive) {
      communicator.irecv(buffer, offset, length, peer, tag, inner);
    } else {
      communicator.isend(buffer, offset, length, peer, tag, inner);
    }
  }

  @Override
  public void await(ReceiveStatus status) {
    inner.await(status);
  }

  @Override
  public boolean test(ReceiveStatus status) {
    return inner.test(status);
  }

  @Override
  public boolean isActive() {
    return inner.isActive();
  }

  @Override
  public void close() {
    if (isActive()) {
      throw new IllegalStateException("the request is under way");
    }
  }
}
