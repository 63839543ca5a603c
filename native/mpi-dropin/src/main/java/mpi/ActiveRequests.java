package mpi;

import java.util.Arrays;

/**
 * The requests whose operations are under way: what is in here is reachable, and with it the
 * buffers that C uses, also where a program forgets its request. Each knows its place; allocates
 * only where it grows. Locked where threads may call MPI at the same time, and only there: a lock
 * takes longer than a short message.
 */
final class ActiveRequests {
  /** The place of a request that is not in here. */
  static final int NOWHERE = -1;

  private static Request[] underWay = new Request[64];
  private static int count;

  private ActiveRequests() {}

  static void add(Request request) {
    if (State.isConcurrent()) {
      synchronized (ActiveRequests.class) {
        put(request);
      }
    } else {
      put(request);
    }
  }

  static void remove(Request request) {
    if (State.isConcurrent()) {
      synchronized (ActiveRequests.class) {
        take(request);
      }
    } else {
      take(request);
    }
  }

  private static void put(Request request) {
    if (request.place != NOWHERE) {
      return;
    }
    if (count == underWay.length) {
      underWay = Arrays.copyOf(underWay, 2 * count);
    }
    request.place = count;
    underWay[count++] = request;
  }

  /** The last one takes its place. */
  private static void take(Request request) {
    if (request.place == NOWHERE) {
      return;
    }
    Request last = underWay[--count];
    underWay[request.place] = last;
    last.place = request.place;
    underWay[count] = null;
    request.place = NOWHERE;
  }
}
