package io.weft.comm.fabric;

import io.weft.comm.Communicator;

/**
 * Finds the receive for a message and the message for a receive, in the order of posting and of
 * arrival (MPI-4.0 section 3.5). Messages are {@link Slot}s that came in, or sends to this rank.
 * Those of collectives and those of users never meet.
 */
final class Matcher {
  private final int rank;

  /** Receives that nothing has matched. */
  private final OperationList receives = new OperationList();

  /** Messages that no receive has matched. */
  private final OperationList messages = new OperationList();

  Matcher(int rank) {
    this.rank = rank;
  }

  /** Takes out the first receive that wants a message; null if there is none. */
  FabricRequest takeReceive(boolean collective, int source, int tag) {
    for (Operation each = receives.first(); each != null; each = each.next) {
      FabricRequest receive = (FabricRequest) each;
      if (wants(receive, collective, source, tag)) {
        receives.remove(receive);
        return receive;
      }
    }
    return null;
  }

  /** Takes out the first message that a receive wants; null if there is none. */
  Operation takeMessage(FabricRequest receive) {
    for (Operation each = messages.first(); each != null; each = each.next) {
      if (wants(receive, each)) {
        messages.remove(each);
        return each;
      }
    }
    return null;
  }

  private boolean wants(FabricRequest receive, Operation message) {
    if (message instanceof Slot slot) {
      return wants(
          receive,
          Envelope.isCollective(slot.memory),
          Envelope.source(slot.memory),
          Envelope.tag(slot.memory));
    }
    return wants(receive, false, rank, ((FabricRequest) message).tag);
  }

  private static boolean wants(FabricRequest receive, boolean collective, int source, int tag) {
    return receive.collective == collective
        && (receive.peer == source || receive.peer == Communicator.ANY_SOURCE)
        && (receive.tag == tag || receive.tag == Communicator.ANY_TAG);
  }

  void keepReceive(FabricRequest receive) {
    receives.add(receive);
  }

  void dropReceive(FabricRequest receive) {
    receives.remove(receive);
  }

  void keepMessage(Operation message) {
    messages.add(message);
  }

  void dropMessage(Operation message) {
    messages.remove(message);
  }
}
