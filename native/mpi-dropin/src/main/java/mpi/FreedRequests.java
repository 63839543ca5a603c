package mpi;

import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiRequests;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Requests that programs gave back while their operations were under way. MPI would forget them at
 * once and use their buffers all the same; here they are kept, buffers with them, and completed
 * when others are freed later.
 */
final class FreedRequests {
  private static final List<Request> UNDER_WAY = new ArrayList<>();

  private FreedRequests() {}

  static synchronized void free(Request request) throws MPIException {
    boolean inactive = !request.isListed();
    Request heir = request.moved();
    if (inactive) {
      // A persistent one that is not started.
      release(heir);
    } else {
      UNDER_WAY.add(heir);
    }
    for (Iterator<Request> each = UNDER_WAY.iterator(); each.hasNext(); ) {
      Request next = each.next();
      if (next.test()) {
        if (!next.isNull()) {
          release(next);
        }
        each.remove();
      }
    }
  }

  private static void release(Request request) throws MPIException {
    Scratch scratch = Scratch.begin();
    Lib.writeHandle(scratch.cell, request.handle);
    try {
      MpiRequests.free(scratch.cell);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    request.took(Lib.REQUEST_NULL, true);
  }
}
