package io.weft.comm.fabric;

import io.weft.comm.Communicator;

/**
 * Finds the receive for a message and the message for a receive, in the order of posting and of
 * arrival (MPI-4.0 section 3.5). Messages are {@link Slot}s that came in, or sends to this rank.
 * Those of collectives and those of users never meet, nor those of two groups.
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
  FabricRequest takeReceive(boolean collective, int context, int source, int tag) {
    for (Operation each = receives.first(); each != null; each = each.next) {
      FabricRequest receive = (FabricRequest) each;
      if (wants(receive, collective, context, source, tag)) {
        receives.remove(receive);
        return receive;
      }
    }
    return null;
  }

  /** Takes out the first message that a receive wants; null if there is none. */
  Operation takeMessage(FabricRequest receive) {
    Operation message = findMessage(receive);
    if (message != null) {
      messages.remove(message);
    }
    return message;
  }

  private boolean wants(FabricRequest receive, Operation message) {
    if (message instanceof Slot slot) {
      return wants(
          receive,
          Envelope.isCollective(slot.memory),
          Envelope.context(slot.memory),
          Envelope.source(slot.memory),
          Envelope.tag(slot.memory));
    }
    FabricRequest send = (FabricRequest) message;
    return wants(receive, false, send.group.context, rank, send.tag);
  }

  private static boolean wants(
      FabricRequest receive, boolean collective, int context, int source, int tag) {
    return receive.collective == collective
        && receive.group.context == context
        && (receive.peer == source || receive.peer == Communicator.ANY_SOURCE)
        && (receive.tag == tag || receive.tag == Communicator.ANY_TAG);
  }

  /** The first message that a receive would take, left where it is; null if there is none. */
  Operation findMessage(FabricRequest receive) {
    for (Operation each = messages.first(); each != null; each = each.next) {
      if (wants(receive, each)) {
        return each;
      }
    }
    return null;
  }

  /** Takes out the first message that came in for a context; null if there is none. */
  Slot takeMessageOf(int context) {
    for (Operation each = messages.first(); each != null; each = each.next) {
      if (each instanceof Slot slot && Envelope.context(slot.memory) == context) {
        messages.remove(slot);
        return slot;
      }
    }
    return null;
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
