package io.weft.comm;

import io.weft.mpi.MpiException;

/** A request of libmpi with the types of its communicator. */
final class MpiRequest implements MpiOperation {
  private final MpiCommunicator communicator;
  private final io.weft.mpi.Request inner;

  MpiRequest(MpiCommunicator communicator, io.weft.mpi.Request inner) {
    this.communicator = communicator;
    this.inner = inner;
  }

  @Override
  public boolean isOf(MpiCommunicator other) {
    return communicator == other;
  }

  io.weft.mpi.Request inner() {
    return inner;
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
  public boolean isActive() {
    return inner.isActive();
  }

  @Override
  public boolean isComplete() {
    return inner.isComplete();
  }
}
