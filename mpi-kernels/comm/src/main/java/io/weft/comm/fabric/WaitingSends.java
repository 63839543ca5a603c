package io.weft.comm.fabric;

import java.util.function.Predicate;

/**
 * Sends that found no room, tried again with each poll; what comes after one to the same rank waits
 * behind it, so that the order holds.
 */
final class WaitingSends {
  private final OperationList waiting = new OperationList();
  private final Predicate<FabricRequest> post;

  /** How many to each rank wait, and the last pass over them that found no room. */
  private final int[] waitingTo;

  private final int[] refusedIn;
  private int pass;

  /**
   * Makes an empty one.
   *
   * @param size the number of ranks
   * @param post sends what a request has to send; false if there is no room for all of it now. For
   *     the second try: the first is the caller's
   */
  WaitingSends(int size, Predicate<FabricRequest> post) {
    this.waitingTo = new int[size];
    this.refusedIn = new int[size];
    this.post = post;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Whether what goes to a rank now has to wait behind others. */
  boolean mustWait(int peer) {
    return waitingTo[peer] > 0;
  }

  void add(FabricRequest r) {
    waiting.add(r);
    waitingTo[r.peer]++;
  }

  /** Tries again; returns how many have moved on. */
  int retry() {
    int sent = 0;
    pass++;
    Operation each = waiting.first();
    while (each != null) {
      final Operation following = each.next;
      final FabricRequest r = (FabricRequest) each;
      if (refusedIn[r.peer] != pass) {
        long before = r.moved;
        waiting.remove(r); // Sending may put it into another list.
        if (post.test(r)) {
          waitingTo[r.peer]--;
          sent++;
        } else {
          refusedIn[r.peer] = pass;
          waiting.addBefore(r, following);
          sent += r.moved > before ? 1 : 0;
        }
      }
      each = following;
    }
    return sent;
  }
}
