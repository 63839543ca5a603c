package io.weft.mpi;

import java.util.ArrayList;
import java.util.List;

/**
 * The requests of a communicator that are under way, linked through themselves: so they and their
 * buffers stay reachable while C may touch them, also where the program has let go of them. Adds
 * and removes without allocating; not for more than one thread at a time.
 */
final class ActiveRequests {
  private Operation first;

  void add(Operation operation) {
    operation.next = first;
    if (first != null) {
      first.previous = operation;
    }
    first = operation;
  }

  void remove(Operation operation) {
    if (operation.previous != null) {
      operation.previous.next = operation.next;
    } else if (first == operation) {
      first = operation.next;
    }
    if (operation.next != null) {
      operation.next.previous = operation.previous;
    }
    operation.next = null;
    operation.previous = null;
  }

  /**
   * Says that none is under way that uses an object.
   *
   * @param what the object as a sentence has it
   * @param used a window or file; null for any request
   */
  void refuse(String what, Object used) {
    for (Operation each = first; each != null; each = each.next) {
      if (used == null || each.uses(used)) {
        throw new IllegalStateException(
            what
                + " has a request under way, which was made at "
                + each.site()
                + "; await it first");
      }
    }
  }

  /** The one that was started last, or null. */
  Operation latest() {
    return first;
  }

  boolean isEmpty() {
    return first == null;
  }

  /** Where those that are still under way were made. */
  List<String> sites() {
    List<String> result = new ArrayList<>();
    for (Operation each = first; each != null; each = each.next) {
      result.add(each.site());
    }
    return result;
  }
}
