package io.weft.comm;

import io.weft.comm.fabric.FabricRequest;
import java.lang.foreign.MemorySegment;

/** A request with the arguments that it is started with each time. */
final class FabricPersistentRequest implements PersistentRequest {
  private final FabricCommunicator communicator;
  private final FabricRequest inner;
  private final boolean isReceive;
  private final MemorySegment buffer;
  private final long offset;
  private final long length;
  private final int peer;
  private final int tag;
  private boolean closed;

  FabricPersistentRequest(
      FabricCommunicator communicator,
      FabricRequest inner,
      boolean isReceive,
      MemorySegment buffer,
      long offset,
      long length,
      int peer,
      int tag) {
    this.communicator = communicator;
    this.inner = inner;
    this.isReceive = isReceive;
    this.buffer = buffer;
    this.offset = offset;
    this.length = length;
    this.peer = peer;
    this.tag = tag;
  }

  FabricRequest inner() {
    return inner;
  }

  private void check() {
    communicator.check();
    if (closed) {
      throw new IllegalStateException("the request is closed");
    }
  }

  @Override
  public void start() {
    check();
    if (isReceive) {
      communicator.irecv(buffer, offset, length, peer, tag, inner);
    } else {
      communicator.isend(buffer, offset, length, peer, tag, inner);
    }
  }

  @Override
  public void await(ReceiveStatus status) {
    check();
    inner.await(status);
  }

  @Override
  public boolean test(ReceiveStatus status) {
    check();
    return inner.test(status);
  }

  @Override
  public boolean isActive() {
    return !closed && inner.isActive();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    communicator.check();
    if (inner.isActive()) {
      throw new IllegalStateException("the request is active; await it first: " + inner);
    }
    closed = true;
    communicator.forget(this, inner);
  }
}
