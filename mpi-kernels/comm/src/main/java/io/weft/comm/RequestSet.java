package io.weft.comm;

/**
 * Waits for and tests several requests at once (MPI-4.0 section 3.7.5), on what one communicator
 * says of each.
 */
abstract class RequestSet {
  /** Refuses a request of another communicator. */
  abstract void check(Request request);

  /** Says whether an active request's operation has ended; ends nothing. */
  abstract boolean isComplete(Request request);

  /** Makes progress; to be called before anything is asked. */
  abstract void progress();

  /** Makes progress after so many rounds in which nothing was complete, from 1. */
  abstract void idle(int emptyRounds);

  private void check(Request[] requests) {
    for (Request request : requests) {
      check(request);
    }
  }

  private static ReceiveStatus status(ReceiveStatus[] statuses, int index) {
    return statuses == null ? null : statuses[index];
  }

  final void awaitAll(Request[] requests, ReceiveStatus[] statuses) {
    check(requests);
    CommunicatorException failure = null;
    for (int i = 0; i < requests.length; i++) {
      try {
        requests[i].await(status(statuses, i));
      } catch (CommunicatorException failed) {
        if (failure == null) {
          failure = failed;
        } else {
          failure.addSuppressed(failed);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  final boolean testAll(Request[] requests, ReceiveStatus[] statuses) {
    check(requests);
    progress();
    for (Request request : requests) {
      if (request.isActive() && !isComplete(request)) {
        return false;
      }
    }
    awaitAll(requests, statuses);
    return true;
  }

  final int testAny(Request[] requests, ReceiveStatus status) {
    check(requests);
    progress();
    return endOne(requests, status);
  }

  private int endOne(Request[] requests, ReceiveStatus status) {
    for (int i = 0; i < requests.length; i++) {
      if (requests[i].isActive() && isComplete(requests[i])) {
        requests[i].await(status);
        return i;
      }
    }
    return -1;
  }

  final int awaitAny(Request[] requests, ReceiveStatus status) {
    check(requests);
    if (!anyActive(requests)) {
      return -1;
    }
    for (int rounds = 1; ; rounds = next(rounds)) {
      int ended = endOne(requests, status);
      if (ended >= 0) {
        return ended;
      }
      idle(rounds);
    }
  }

  final int testSome(Request[] requests, int[] indices, ReceiveStatus[] statuses) {
    check(requests);
    room(requests, indices);
    progress();
    return endSome(requests, indices, statuses);
  }

  private int endSome(Request[] requests, int[] indices, ReceiveStatus[] statuses) {
    int count = 0;
    for (int i = 0; i < requests.length; i++) {
      if (requests[i].isActive() && isComplete(requests[i])) {
        requests[i].await(status(statuses, count));
        indices[count++] = i;
      }
    }
    return count;
  }

  final int awaitSome(Request[] requests, int[] indices, ReceiveStatus[] statuses) {
    check(requests);
    room(requests, indices);
    if (!anyActive(requests)) {
      return 0;
    }
    for (int rounds = 1; ; rounds = next(rounds)) {
      int count = endSome(requests, indices, statuses);
      if (count > 0) {
        return count;
      }
      idle(rounds);
    }
  }

  private static int next(int rounds) {
    return rounds < 1 << 30 ? rounds + 1 : 1 << 29;
  }

  private static boolean anyActive(Request[] requests) {
    for (Request request : requests) {
      if (request.isActive()) {
        return true;
      }
    }
    return false;
  }

  private static void room(Request[] requests, int[] indices) {
    if (indices.length < requests.length) {
      throw new IllegalArgumentException(
          "room for " + indices.length + " indices of " + requests.length + " requests");
    }
  }
}
