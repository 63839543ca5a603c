package mpi;

/**
 * The requests whose operations are under way: what is in here is reachable, and with it the
 * buffers that C uses, also where a program forgets its request. A list through the requests
 * themselves, so that nothing is allocated.
 */
final class ActiveRequests {
  private static Request first;

  private ActiveRequests() {}

  static synchronized void add(Request request) {
    if (request.listed) {
      return;
    }
    request.listed = true;
    request.previous = null;
    request.next = first;
    if (first != null) {
      first.previous = request;
    }
    first = request;
  }

  static synchronized void remove(Request request) {
    if (!request.listed) {
      return;
    }
    request.listed = false;
    if (request.previous == null) {
      first = request.next;
    } else {
      request.previous.next = request.next;
    }
    if (request.next != null) {
      request.next.previous = request.previous;
    }
    request.previous = null;
    request.next = null;
  }
}
