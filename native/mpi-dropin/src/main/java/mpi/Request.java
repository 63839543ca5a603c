package mpi;

import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiErrorClass;
import io.weft.mpi.ffm.MpiRequests;

/**
 * An operation under way (MPI-4.0 section 3.7). Its buffers stay reachable until it is complete,
 * even where the program forgets the request.
 */
public class Request implements Freeable {
  long handle;

  /** What C uses until the operation is complete: buffers, arrays of counts. */
  private Object kept;

  private Object alsoKept;

  /** The operation that may have thrown in Java; null of all but reductions. */
  private Op op;

  /** In {@link ActiveRequests}. */
  int place = ActiveRequests.NOWHERE;

  Request(long handle) {
    this.handle = handle;
  }

  /** An operation that has been started. */
  static Request started(long handle, Object kept, Object alsoKept, Op op) {
    Request request = new Request(handle);
    request.kept = kept;
    request.alsoKept = alsoKept;
    request.op = op;
    ActiveRequests.add(request);
    return request;
  }

  final void keep(Object buffer) {
    this.kept = buffer;
  }

  /** After C has written the handle anew: whether the operation has ended. */
  final void update(long written) throws MPIException {
    handle = written;
    if (written == Lib.REQUEST_NULL) {
      Op reduced = op;
      forget();
      if (reduced != null) {
        reduced.rethrow();
      }
    }
  }

  /** A persistent one keeps its handle and its buffers for the next start. */
  private void forget() {
    ActiveRequests.remove(this);
    kept = null;
    alsoKept = null;
    op = null;
  }

  /** After an operation has ended. */
  private void ended(long written) throws MPIException {
    update(written);
    ActiveRequests.remove(this);
  }

  private Scratch place(String function) throws MPIException {
    State.check(function);
    Scratch scratch = Scratch.begin();
    Lib.writeHandle(scratch.cell, handle);
    return scratch;
  }

  /**
   * Gives the request back; its operation goes on, and its buffers stay reachable. What is null
   * already stays so.
   *
   * @throws MPIException if MPI refuses
   */
  @Override
  public void free() throws MPIException {
    State.check("MPI_Request_free");
    if (handle == Lib.REQUEST_NULL) {
      return;
    }
    FreedRequests.free(this);
  }

  /** Whether its operation is known to be under way. */
  final boolean isListed() {
    return place != ActiveRequests.NOWHERE;
  }

  /** Its handle goes over to another object, which keeps what this one kept. */
  final Request moved() {
    Request heir = new Request(handle);
    heir.kept = kept;
    heir.alsoKept = alsoKept;
    heir.op = op;
    boolean active = isListed();
    handle = Lib.REQUEST_NULL;
    forget();
    if (active) {
      ActiveRequests.add(heir);
    }
    return heir;
  }

  /**
   * Asks for the operation to be cancelled, {@code MPI_Cancel} (MPI-4.0 section 3.8.4). The request
   * is to be completed all the same.
   *
   * @throws MPIException if the request is null, or MPI refuses
   */
  public final void cancel() throws MPIException {
    String f = "MPI_Cancel";
    Scratch scratch = place(f);
    if (handle == Lib.REQUEST_NULL) {
      throw Errors.argument(f, MpiErrorClass.MPI_ERR_REQUEST, "the request is null");
    }
    try {
      MpiRequests.cancel(scratch.cell);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
  }

  /**
   * Whether there is no operation: it is complete and its request given back.
   *
   * @return true if the request is null
   */
  public final boolean isNull() {
    return handle == Lib.REQUEST_NULL;
  }

  /**
   * Waits for the operation, {@code MPI_Wait} (MPI-4.0 section 3.7.3).
   *
   * @return what became of it
   * @throws MPIException if it failed
   */
  public final Status waitStatus() throws MPIException {
    Scratch scratch = await();
    return new Status(scratch.status);
  }

  /**
   * Waits for the operation, {@code MPI_Wait} (MPI-4.0 section 3.7.3).
   *
   * @throws MPIException if it failed
   */
  public final void waitFor() throws MPIException {
    await();
  }

  private Scratch await() throws MPIException {
    Scratch scratch = place("MPI_Wait");
    try {
      MpiRequests.await(scratch.cell, scratch.status);
    } catch (MpiException failed) {
      ended(Lib.readHandle(scratch.cell));
      throw Errors.of(failed);
    }
    ended(Lib.readHandle(scratch.cell));
    return scratch;
  }

  /**
   * Looks whether the operation is complete, {@code MPI_Test} (MPI-4.0 section 3.7.3).
   *
   * @return what became of it, or null if it is under way
   * @throws MPIException if it failed
   */
  public final Status testStatus() throws MPIException {
    Scratch scratch = ask();
    return scratch == null ? null : new Status(scratch.status);
  }

  /**
   * Looks whether the operation is complete and leaves the request as it is, {@code
   * MPI_Request_get_status} (MPI-4.0 section 3.7.6).
   *
   * @return what became of it, or null if it is under way
   * @throws MPIException if it failed
   */
  public final Status getStatus() throws MPIException {
    State.check("MPI_Request_get_status");
    Scratch scratch = Scratch.begin();
    try {
      MpiRequests.getStatus(handle, scratch.cell, scratch.status);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Lib.readFlag(scratch.cell) ? new Status(scratch.status) : null;
  }

  /**
   * Looks whether the operation is complete, {@code MPI_Test} (MPI-4.0 section 3.7.3).
   *
   * @return true if it is
   * @throws MPIException if it failed
   */
  public final boolean test() throws MPIException {
    return ask() != null;
  }

  /** Null if the operation is under way. */
  private Scratch ask() throws MPIException {
    Scratch scratch = place("MPI_Test");
    try {
      MpiRequests.test(scratch.cell, scratch.cell2, scratch.status);
    } catch (MpiException failed) {
      ended(Lib.readHandle(scratch.cell));
      throw Errors.of(failed);
    }
    if (!Lib.readFlag(scratch.cell2)) {
      return null;
    }
    ended(Lib.readHandle(scratch.cell));
    return scratch;
  }

  /**
   * Waits for one of several operations, {@code MPI_Waitany} (MPI-4.0 section 3.7.5).
   *
   * @param requests the operations; null ones are passed over
   * @return what became of it; {@link Status#getIndex} says which, {@link MPI#UNDEFINED} if none
   *     was active
   * @throws MPIException if it failed
   */
  public static Status waitAnyStatus(Request[] requests) throws MPIException {
    return RequestArrays.status(RequestArrays.waitAny(requests));
  }

  /**
   * Waits for one of several operations, {@code MPI_Waitany} (MPI-4.0 section 3.7.5).
   *
   * @param requests the operations; null ones are passed over
   * @return which, or {@link MPI#UNDEFINED} if none was active
   * @throws MPIException if it failed
   */
  public static int waitAny(Request[] requests) throws MPIException {
    return RequestArrays.waitAny(requests);
  }

  /**
   * Looks whether one of several operations is complete, {@code MPI_Testany} (MPI-4.0 section
   * 3.7.5).
   *
   * @param requests the operations; null ones are passed over
   * @return what became of it; {@link Status#getIndex} says which, {@link MPI#UNDEFINED} if none
   *     was active; null if none is complete
   * @throws MPIException if it failed
   */
  public static Status testAnyStatus(Request[] requests) throws MPIException {
    int index = RequestArrays.testAny(requests);
    return index == RequestArrays.UNDER_WAY ? null : RequestArrays.status(index);
  }

  /**
   * Looks whether one of several operations is complete, {@code MPI_Testany} (MPI-4.0 section
   * 3.7.5).
   *
   * @param requests the operations; null ones are passed over
   * @return which, or {@link MPI#UNDEFINED} if none is complete, or active
   * @throws MPIException if it failed
   */
  public static int testAny(Request[] requests) throws MPIException {
    int index = RequestArrays.testAny(requests);
    return index == RequestArrays.UNDER_WAY ? Lib.UNDEFINED : index;
  }

  /**
   * Waits for all of several operations, {@code MPI_Waitall} (MPI-4.0 section 3.7.5).
   *
   * @param requests the operations
   * @return what became of each
   * @throws MPIException if one failed
   */
  public static Status[] waitAllStatus(Request[] requests) throws MPIException {
    return RequestArrays.waitAll(requests, true);
  }

  /**
   * Waits for all of several operations, {@code MPI_Waitall} (MPI-4.0 section 3.7.5).
   *
   * @param requests the operations
   * @throws MPIException if one failed
   */
  public static void waitAll(Request[] requests) throws MPIException {
    RequestArrays.waitAll(requests, false);
  }

  /**
   * Looks whether all of several operations are complete, {@code MPI_Testall} (MPI-4.0 section
   * 3.7.5).
   *
   * @param requests the operations
   * @return what became of each, or null if one is under way
   * @throws MPIException if one failed
   */
  public static Status[] testAllStatus(Request[] requests) throws MPIException {
    return RequestArrays.testAll(requests, true);
  }

  /**
   * Looks whether all of several operations are complete, {@code MPI_Testall} (MPI-4.0 section
   * 3.7.5).
   *
   * @param requests the operations
   * @return true if they are
   * @throws MPIException if one failed
   */
  public static boolean testAll(Request[] requests) throws MPIException {
    return RequestArrays.testAll(requests, false) != null;
  }

  /**
   * Waits for some of several operations, {@code MPI_Waitsome} (MPI-4.0 section 3.7.5).
   *
   * @param requests the operations; null ones are passed over
   * @return what became of those that are complete; {@link Status#getIndex} says which; null if
   *     none was active
   * @throws MPIException if one failed
   */
  public static Status[] waitSomeStatus(Request[] requests) throws MPIException {
    return RequestArrays.some(requests, true);
  }

  /**
   * Waits for some of several operations, {@code MPI_Waitsome} (MPI-4.0 section 3.7.5).
   *
   * @param requests the operations; null ones are passed over
   * @return which are complete, or null if none was active
   * @throws MPIException if one failed
   */
  public static int[] waitSome(Request[] requests) throws MPIException {
    return RequestArrays.someIndices(requests, true);
  }

  /**
   * Looks which of several operations are complete, {@code MPI_Testsome} (MPI-4.0 section 3.7.5).
   *
   * @param requests the operations; null ones are passed over
   * @return what became of those that are complete, perhaps none; {@link Status#getIndex} says
   *     which; null if none was active
   * @throws MPIException if one failed
   */
  public static Status[] testSomeStatus(Request[] requests) throws MPIException {
    return RequestArrays.some(requests, false);
  }

  /**
   * Looks which of several operations are complete, {@code MPI_Testsome} (MPI-4.0 section 3.7.5).
   *
   * @param requests the operations; null ones are passed over
   * @return which are complete, perhaps none, or null if none was active
   * @throws MPIException if one failed
   */
  public static int[] testSome(Request[] requests) throws MPIException {
    return RequestArrays.someIndices(requests, false);
  }

  /** Of {@link RequestArrays}: takes the handle that C wrote; whether it ended says the caller. */
  final void took(long written, boolean complete) throws MPIException {
    if (complete) {
      ended(written);
    } else {
      update(written);
    }
  }
}
