package io.weft.mpi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The requests of a communicator that are under way: so they and their buffers stay reachable while
 * C may touch them, also where the program has let go of them. Each knows its place; allocates only
 * where it grows; not for more than one thread at a time.
 */
final class ActiveRequests {
  private Operation[] underWay = new Operation[16];
  private int count;

  void add(Operation operation) {
    if (count == underWay.length) {
      underWay = Arrays.copyOf(underWay, 2 * count);
    }
    operation.place = count;
    underWay[count++] = operation;
  }

  /** The last one takes its place. */
  void remove(Operation operation) {
    Operation last = underWay[--count];
    underWay[operation.place] = last;
    last.place = operation.place;
    underWay[count] = null;
  }

  /**
   * Says that none is under way that uses an object.
   *
   * @param what the object as a sentence has it
   * @param used a window or file; null for any request
   */
  void refuse(String what, Object used) {
    for (int i = 0; i < count; i++) {
      if (used == null || underWay[i].uses(used)) {
        throw new IllegalStateException(
            what
                + " has a request under way, which was made at "
                + underWay[i].site()
                + "; await it first");
      }
    }
  }

  /** Where those that are still under way were made. */
  List<String> sites() {
    List<String> result = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      result.add(underWay[i].site());
    }
    return result;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** The one that was added last, where none was removed since; or null. */
  Operation latest() {
    return count == 0 ? null : underWay[count - 1];
  }
}
