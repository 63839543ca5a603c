package io.weft.comm;

import io.weft.mpi.MpiException;

/** A persistent request of libmpi with the types of its communicator. */
final class MpiPersistentRequest implements PersistentRequest, MpiOperation {
  private final MpiCommunicator communicator;
  private final io.weft.mpi.PersistentRequest inner;
  private final long sentBytes;
  private boolean closed;

  /** What a start sends to another rank is {@code sentBytes} long; negative if it sends nothing. */
  MpiPersistentRequest(
      MpiCommunicator communicator, io.weft.mpi.PersistentRequest inner, long sentBytes) {
    this.communicator = communicator;
    this.inner = inner;
    this.sentBytes = sentBytes;
  }

  @Override
  public boolean isOf(MpiCommunicator other) {
    return communicator == other;
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
  public boolean isActive() {
    return inner.isActive();
  }

  @Override
  public boolean isComplete() {
    return inner.isComplete();
  }

  @Override
  public void await(ReceiveStatus result) {
    communicator.check();
    boolean active = inner.isActive();
    try {
      inner.await(result == null ? null : communicator.status());
    } catch (MpiException e) {
      throw communicator.failure(e);
    }
    if (active) {
      communicator.copy(result);
    }
  }

  @Override
  public boolean test(ReceiveStatus result) {
    communicator.check();
    boolean active = inner.isActive();
    boolean complete;
    try {
      complete = inner.test(result == null ? null : communicator.status());
    } catch (MpiException e) {
      throw communicator.failure(e);
    }
    if (complete && active) {
      communicator.copy(result);
    }
    return complete;
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
