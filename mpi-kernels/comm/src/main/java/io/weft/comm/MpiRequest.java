package io.weft.comm;

import io.weft.mpi.MpiException;
import io.weft.mpi.Operation;

/** An operation of libmpi with the types of its communicator. */
class MpiRequest implements Request {
  final MpiCommunicator communicator;
  private final Operation inner;

  MpiRequest(MpiCommunicator communicator, Operation inner) {
    this.communicator = communicator;
    this.inner = inner;
  }

  final boolean isOf(MpiCommunicator other) {
    return communicator == other;
  }

  /** What one message uses; null if this is persistent. */
  final io.weft.mpi.Request single() {
    return inner instanceof io.weft.mpi.Request request ? request : null;
  }

  @Override
  public final void await(ReceiveStatus result) {
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
  public final boolean test(ReceiveStatus result) {
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
  public final boolean isActive() {
    return inner.isActive();
  }

  /** Says whether an await would return at once. */
  final boolean isComplete() {
    return inner.isComplete();
  }
}
