package io.weft.comm;

import io.weft.mpi.MpiException;

/** Several requests of libmpi at once. Asking for one makes progress for all. */
final class MpiRequestSet extends RequestSet {
  private static final int SPINS = 1_000;

  private final MpiCommunicator communicator;

  MpiRequestSet(MpiCommunicator communicator) {
    this.communicator = communicator;
  }

  @Override
  void check(Request request) {
    if (!(request instanceof MpiRequest own && own.isOf(communicator))) {
      throw new IllegalArgumentException("the request was made by another communicator");
    }
  }

  @Override
  boolean isComplete(Request request) {
    try {
      return ((MpiRequest) request).isComplete();
    } catch (MpiException e) {
      throw communicator.failure(e);
    }
  }

  @Override
  void progress() {
    // Every question to libmpi makes progress.
  }

  @Override
  void idle(int emptyRounds) {
    if (emptyRounds < SPINS) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }
}
