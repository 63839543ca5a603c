package io.weft.comm;

import io.weft.mpi.MpiException;

/** A persistent request of libmpi with the types of its communicator. */
final class MpiPersistentRequest extends MpiRequest implements PersistentRequest {
  private final io.weft.mpi.PersistentRequest inner;
  private final long sentBytes;
  private boolean closed;

  /** What a start sends to another rank is {@code sentBytes} long; negative if it sends nothing. */
  MpiPersistentRequest(
      MpiCommunicator communicator, io.weft.mpi.PersistentRequest inner, long sentBytes) {
    super(communicator, inner);
    this.inner = inner;
    this.sentBytes = sentBytes;
  }

  @Override
  public void start() {
    communicator.check();
    try {
      inner.start();
    } catch (MpiException e) {
      throw communicator.failure(e);
    }
    if (sentBytes >= 0) {
      communicator.traffic().countMessage(sentBytes);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    communicator.check();
    try {
      inner.close();
    } catch (MpiException e) {
      throw communicator.failure(e);
    }
    closed = true;
    communicator.forget(this);
  }
}
