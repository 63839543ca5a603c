package io.weft.comm.fabric;

/**
 * Operations in order of arrival, linked through themselves: adding and removing allocates nothing.
 */
final class OperationList {
  private Operation first;
  private Operation last;

  Operation first() {
    return first;
  }

  boolean isEmpty() {
    return first == null;
  }

  void add(Operation operation) {
    operation.next = null;
    operation.previous = last;
    if (last == null) {
      first = operation;
    } else {
      last.next = operation;
    }
    last = operation;
  }

  /** Adds in the middle; at the end if {@code following} is null. */
  void addBefore(Operation operation, Operation following) {
    if (following == null) {
      add(operation);
      return;
    }
    operation.next = following;
    operation.previous = following.previous;
    if (following.previous == null) {
      first = operation;
    } else {
      following.previous.next = operation;
    }
    following.previous = operation;
  }

  void remove(Operation operation) {
    if (operation.previous == null) {
      first = operation.next;
    } else {
      operation.previous.next = operation.next;
    }
    if (operation.next == null) {
      last = operation.previous;
    } else {
      operation.next.previous = operation.previous;
    }
    operation.next = null;
    operation.previous = null;
  }
}
