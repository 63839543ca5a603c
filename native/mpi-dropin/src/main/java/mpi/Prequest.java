package mpi;

import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiErrorClass;
import io.weft.mpi.ffm.MpiRequests;

/** An operation that can be started again and again (MPI-4.0 section 3.9). */
public final class Prequest extends Request {
  Prequest(long handle, Object buffer) {
    super(handle);
    keep(buffer);
  }

  /**
   * Starts the operation, {@code MPI_Start} (MPI-4.0 section 3.9).
   *
   * @throws MPIException if the request is freed or under way, or MPI refuses
   */
  public void start() throws MPIException {
    String f = "MPI_Start";
    startable(f, "the request");
    long place = Scratch.begin().cell;
    Lib.writeHandle(place, handle);
    try {
      MpiRequests.start(place);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    handle = Lib.readHandle(place);
    ActiveRequests.add(this);
  }

  /** C does not check this, and MPICH ends the process. */
  private boolean isStartable() {
    return !isNull() && !isListed();
  }

  private void startable(String function, String name) throws MPIException {
    State.check(function);
    if (!isStartable()) {
      throw Errors.argument(
          function,
          MpiErrorClass.MPI_ERR_REQUEST,
          name + (isNull() ? " is freed" : " is started already, and not yet completed"));
    }
  }

  /**
   * Starts several operations, {@code MPI_Startall} (MPI-4.0 section 3.9).
   *
   * @param requests the operations
   * @throws MPIException if a request is freed or under way, or MPI refuses
   */
  public static void startAll(Prequest[] requests) throws MPIException {
    String f = "MPI_Startall";
    State.check(f);
    Errors.notNull(f, "requests", requests);
    Scratch scratch = Scratch.begin();
    long place = scratch.bytes((long) requests.length * Lib.HANDLE_BYTES);
    for (int i = 0; i < requests.length; i++) {
      Errors.notNull(f, "requests", i, requests[i]);
      if (!requests[i].isStartable()) {
        requests[i].startable(f, "requests[" + i + "]");
      }
      Lib.writeHandle(place + (long) i * Lib.HANDLE_BYTES, requests[i].handle);
    }
    try {
      MpiRequests.startall(requests.length, place);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    for (int i = 0; i < requests.length; i++) {
      requests[i].handle = Lib.readHandle(place + (long) i * Lib.HANDLE_BYTES);
      ActiveRequests.add(requests[i]);
    }
  }
}
