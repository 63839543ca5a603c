package io.weft.mpi;

import io.weft.ffi.Unchecked;
import io.weft.mpi.ffm.MpiAbi;
import io.weft.mpi.ffm.MpiRequests;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * An operation that is started and completed later (MPI-4.0 sections 3.7 and 3.9). Until then it
 * and its buffers stay reachable; one that nobody has completed when MPI ends is reported, with
 * where it was made.
 */
public abstract sealed class Operation permits Request, PersistentRequest, GeneralizedRequest {
  private static final StackWalker STACK =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  final Comm comm;
  final MpiAbi abi;

  /** What C calls it by, while it is active. */
  long handle;

  /** Its place in {@link ActiveRequests}. */
  int place;

  private final StackWalker.StackFrame site;

  Operation(Comm comm) {
    this.comm = comm;
    this.abi = comm.abi;
    this.site =
        STACK.walk(
            frames ->
                frames
                    .dropWhile(frame -> isOurs(frame.getDeclaringClass()))
                    .findFirst()
                    .orElse(null));
  }

  private static boolean isOurs(Class<?> type) {
    return Operation.class.isAssignableFrom(type)
        || CommCore.class.isAssignableFrom(type)
        || type == Message.class;
  }

  /** Where it was made. */
  final String site() {
    return site == null ? "an unknown place" : site.toStackTraceElement().toString();
  }

  /**
   * Says whether an operation is under way.
   *
   * @return true from its start until {@link #await} or {@link #test} found it complete
   */
  public abstract boolean isActive();

  /** C has ended the operation, or has failed to, and has written the handle anew. */
  abstract void ended(long written);

  /** Whether C uses a window or file for it. */
  boolean uses(Object what) {
    return false;
  }

  /** What a user operation threw on the way, given once; null for nothing. */
  Throwable thrown() {
    return null; // Only collectives and generalized requests have some.
  }

  /** Throws what a user operation threw on the way. */
  private void rethrow() {
    Throwable thrown = thrown();
    if (thrown != null) {
      throw Unchecked.rethrow(thrown);
    }
  }

  /** C has failed: what a user operation threw is told along with it, and not by a later call. */
  private void failed(Throwable failure) {
    ended(comm.placedRequest());
    tell(failure);
  }

  /** Adds what a user operation threw. */
  final void tell(Throwable failure) {
    Throwable thrown = thrown();
    if (thrown != null) {
      failure.addSuppressed(thrown);
    }
  }

  void check() {
    comm.check();
  }

  /**
   * Says whether {@link #await} would return at once, {@code MPI_Request_get_status}; makes
   * progress, does not block.
   *
   * @return true if complete or inactive
   */
  public final boolean isComplete() {
    check();
    if (!isActive()) {
      return true;
    }
    MemorySegment flag = comm.scratch();
    MpiRequests.getStatus(handle, flag.address(), comm.statusAddress(null));
    return flag.get(ValueLayout.JAVA_INT, 0) != 0;
  }

  /**
   * Waits until the operation is complete, {@code MPI_Wait}; returns at once if inactive.
   *
   * @param status filled for a receive; may be null
   * @throws MpiException if the operation failed
   */
  public final void await(Status status) {
    check();
    if (!isActive()) {
      return;
    }
    comm.placeRequest(handle);
    try {
      MpiRequests.await(comm.requestCell(), comm.statusAddress(status));
    } catch (RuntimeException | Error failure) {
      failed(failure);
      throw failure;
    }
    ended(comm.placedRequest());
    comm.read(status);
    rethrow();
  }

  /**
   * Says whether the operation is complete, {@code MPI_Test}; makes progress, does not block.
   *
   * @param status filled for a receive that is complete; may be null
   * @return true if complete or inactive
   * @throws MpiException if the operation failed
   */
  public final boolean test(Status status) {
    check();
    if (!isActive()) {
      return true;
    }
    MemorySegment flag = comm.scratch();
    comm.placeRequest(handle);
    try {
      MpiRequests.test(comm.requestCell(), flag.address(), comm.statusAddress(status));
    } catch (RuntimeException | Error failure) {
      failed(failure);
      throw failure;
    }
    if (flag.get(ValueLayout.JAVA_INT, 0) == 0) {
      return false;
    }
    ended(comm.placedRequest());
    comm.read(status);
    rethrow();
    return true;
  }

  /**
   * Asks for the operation to be given up, {@code MPI_Cancel} (MPI-4.0 section 3.8.4); does not
   * block. It still is to be completed; {@link Status#isCancelled} then says whether it was. Does
   * nothing if inactive.
   */
  public final void cancel() {
    check();
    if (isActive()) {
      comm.placeRequest(handle);
      MpiRequests.cancel(comm.requestCell());
      rethrow();
    }
  }
}
