package io.weft.mpi;

import static io.weft.ffi.NativeMemory.EVERYTHING;

import io.weft.ffi.Unchecked;
import io.weft.mpi.ffm.MpiAbi;
import io.weft.mpi.ffm.MpiConstant;
import io.weft.mpi.ffm.MpiRequests;
import io.weft.mpi.ffm.PredefinedHandle;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Operations that are completed together (MPI-4.0 section 3.7.5); made by {@link
 * Comm#newRequestSet} and used as often as wanted. Those that are inactive are passed over.
 * Allocates nothing when it is used. Threads: as its communicator.
 */
public final class RequestSet {
  private final Comm comm;
  private final MpiAbi abi;
  private final Operation[] operations;
  private final MemorySegment handles;
  private final MemorySegment statuses;
  private final MemorySegment indices;
  private final long nullHandle;

  RequestSet(Comm comm, List<? extends Operation> operations) {
    this.comm = comm;
    this.abi = comm.abi;
    this.operations = operations.toArray(Operation[]::new);
    Set<Operation> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Operation each : this.operations) {
      if (!seen.add(each)) {
        throw new IllegalArgumentException("an operation is in the set twice");
      }
      if (each.comm.mpi != comm.mpi) {
        throw new IllegalArgumentException("an operation belongs to another MPI");
      }
    }
    int n = Math.max(1, this.operations.length);
    this.handles = comm.mpi.arena().allocate((long) n * Long.BYTES, Long.BYTES);
    this.statuses =
        comm.mpi.arena().allocate((long) n * abi.statusBytes() + Status.BYTES, Long.BYTES);
    this.indices = comm.mpi.arena().allocate((long) n * Integer.BYTES, Integer.BYTES);
    this.nullHandle = abi.handle(PredefinedHandle.MPI_REQUEST_NULL);
  }

  /**
   * How many operations are in the set.
   *
   * @return the number, active or not
   */
  public int size() {
    return operations.length;
  }

  /** Copies the handles together; gives how many are active. */
  private int gather() {
    comm.check();
    int active = 0;
    for (int i = 0; i < operations.length; i++) {
      Operation each = operations[i];
      boolean isActive = each.isActive();
      abi.writeHandle(EVERYTHING, place(i), isActive ? each.handle : nullHandle);
      active += isActive ? 1 : 0;
    }
    return active;
  }

  /** C has completed one: its handle, which may be null now, goes back. */
  private void ended(int i) {
    Operation each = operations[i];
    if (each.isActive()) {
      each.ended(abi.readHandle(EVERYTHING, place(i)));
    }
  }

  private boolean isDone(int i) {
    return abi.readHandle(EVERYTHING, place(i)) == nullHandle;
  }

  /** The address of a handle. */
  private long place(int i) {
    return handles.address() + (long) i * abi.handleBytes();
  }

  /**
   * After a failure: what C set to null is over; persistent ones are asked. What goes wrong in that
   * is told along with the failure, as is what user operations threw.
   */
  private void endedWhere(Throwable failure) {
    for (int i = 0; i < operations.length; i++) {
      try {
        if (operations[i].isActive() && (isDone(i) || operations[i].isComplete())) {
          ended(i);
          operations[i].tell(failure);
        }
      } catch (MpiException another) {
        failure.addSuppressed(another);
      }
    }
  }

  /** Throws what user operations threw: the first, with the others. */
  private void rethrow() {
    Throwable first = null;
    for (Operation each : operations) {
      Throwable thrown = each.thrown();
      if (first == null) {
        first = thrown;
      } else if (thrown != null && thrown != first) {
        first.addSuppressed(thrown);
      }
    }
    if (first != null) {
      throw Unchecked.rethrow(first);
    }
  }

  private void read(Status[] statuses, int i, int place) {
    if (statuses != null && statuses[i] != null) {
      comm.read(statuses[i], this.statuses, (long) place * abi.statusBytes());
    }
  }

  /**
   * A failed call, told by the code of the first operation that failed.
   *
   * @param told how many statuses C has written
   * @param some whether {@link #indices} says which operations they are of
   */
  private MpiException explained(MpiException failed, int told, boolean some) {
    if (!failed.errorClass().equals("MPI_ERR_IN_STATUS")) {
      return failed;
    }
    for (int i = 0; i < told; i++) {
      int code =
          statuses.get(ValueLayout.JAVA_INT, (long) i * abi.statusBytes() + abi.statusError());
      String of = code == 0 ? "" : mpi().errorClass(code);
      if (code != 0 && !of.equals("MPI_ERR_PENDING")) {
        int place = some ? indices.getAtIndex(ValueLayout.JAVA_INT, i) : i;
        return new MpiException(
            failed.function(), code, of, "operation " + place + ": " + mpi().errorString(code));
      }
    }
    return failed;
  }

  /** What to throw after C has failed: the operations that are over are inactive then. */
  private RuntimeException over(Throwable failure, int told, boolean some) {
    Throwable result =
        failure instanceof MpiException failed ? explained(failed, told, some) : failure;
    endedWhere(result);
    throw Unchecked.rethrow(result);
  }

  private Mpi mpi() {
    return comm.mpi;
  }

  private void clearErrors() {
    for (int i = 0; i < operations.length; i++) {
      EVERYTHING.set(
          ValueLayout.JAVA_INT,
          statuses.address() + (long) i * abi.statusBytes() + abi.statusError(),
          0);
    }
  }

  /** {@code MPI_Waitall}: waits until all are complete. */
  public void awaitAll() {
    awaitAll(null);
  }

  /**
   * {@code MPI_Waitall}: waits until all are complete.
   *
   * @param statuses filled in the order of the operations; it, and places in it, may be null
   * @throws MpiException of the first that failed; those that are over are inactive then
   */
  public void awaitAll(Status[] statuses) {
    checkStatuses(statuses);
    if (gather() == 0) {
      return;
    }
    clearErrors();
    try {
      if (abi.waitallMayHang()) {
        while (!testGathered()) {
          Thread.onSpinWait();
        }
      } else {
        MpiRequests.waitall(operations.length, handles.address(), this.statuses.address());
      }
    } catch (RuntimeException | Error failure) {
      throw over(failure, operations.length, false);
    }
    endAll(statuses);
  }

  /** {@code MPI_Testall} of the handles as they are: C leaves those of what is under way alone. */
  private boolean testGathered() {
    MpiRequests.testall(
        operations.length, handles.address(), comm.scratch().address(), statuses.address());
    return comm.answer() != 0;
  }

  private void endAll(Status[] statuses) {
    for (int i = 0; i < operations.length; i++) {
      if (operations[i].isActive()) {
        ended(i);
        read(statuses, i, i);
      }
    }
    rethrow();
  }

  private void checkStatuses(Status[] statuses) {
    if (statuses != null && statuses.length < operations.length) {
      throw new IllegalArgumentException(
          statuses.length + " statuses for " + operations.length + " operations");
    }
  }

  /**
   * {@code MPI_Testall}: says whether all are complete; makes progress, does not block.
   *
   * @param statuses filled if so; it, and places in it, may be null
   * @return true if all are complete or inactive
   * @throws MpiException of the first that failed; those that are over are inactive then
   */
  public boolean testAll(Status[] statuses) {
    checkStatuses(statuses);
    if (gather() == 0) {
      return true;
    }
    clearErrors();
    boolean complete;
    try {
      complete = testGathered();
    } catch (RuntimeException | Error failure) {
      throw over(failure, operations.length, false);
    }
    if (complete) {
      endAll(statuses);
    }
    return complete;
  }

  /**
   * {@code MPI_Waitany}: waits until one is complete.
   *
   * @param status filled; may be null
   * @return its place in the set, or -1 if none is active
   * @throws MpiException if it failed
   */
  public int awaitAny(Status status) {
    if (gather() == 0) {
      return -1;
    }
    try {
      MpiRequests.waitany(
          operations.length,
          handles.address(),
          indices.address(),
          status == null ? abi.statusIgnore() : statuses.address());
    } catch (RuntimeException | Error failure) {
      throw over(failure, 0, false);
    }
    return endOne(status);
  }

  private int endOne(Status status) {
    int index = indices.get(ValueLayout.JAVA_INT, 0);
    ended(index);
    if (status != null) {
      comm.read(status, statuses, 0);
    }
    rethrow();
    return index;
  }

  /**
   * {@code MPI_Testany}: says which is complete; makes progress, does not block.
   *
   * @param status filled if one is; may be null
   * @return its place in the set, or -1 if none is complete
   * @throws MpiException if it failed
   */
  public int testAny(Status status) {
    if (gather() == 0) {
      return -1;
    }
    try {
      MpiRequests.testany(
          operations.length,
          handles.address(),
          indices.address(),
          comm.scratch().address(),
          status == null ? abi.statusIgnore() : statuses.address());
    } catch (RuntimeException | Error failure) {
      throw over(failure, 0, false);
    }
    if (comm.answer() == 0
        || indices.get(ValueLayout.JAVA_INT, 0) == abi.value(MpiConstant.MPI_UNDEFINED)) {
      return -1;
    }
    return endOne(status);
  }

  /**
   * {@code MPI_Waitsome}: waits until one is complete, and completes all that are.
   *
   * @param places gets their places in the set, in its first elements
   * @param statuses filled in the same order; it, and places in it, may be null
   * @return how many; 0 if none is active
   * @throws MpiException of the first that failed; those that are over are inactive then
   */
  public int awaitSome(int[] places, Status[] statuses) {
    return some(places, statuses, true);
  }

  /**
   * {@code MPI_Testsome}: completes all that are complete; makes progress, does not block.
   *
   * @param places gets their places in the set, in its first elements
   * @param statuses filled in the same order; it, and places in it, may be null
   * @return how many; 0 if none is complete
   * @throws MpiException of the first that failed; those that are over are inactive then
   */
  public int testSome(int[] places, Status[] statuses) {
    return some(places, statuses, false);
  }

  private int some(int[] places, Status[] statuses, boolean blocks) {
    checkStatuses(statuses);
    if (places.length < operations.length) {
      throw new IllegalArgumentException(
          places.length + " places for " + operations.length + " operations");
    }
    if (gather() == 0) {
      return 0;
    }
    clearErrors();
    int n = operations.length;
    try {
      if (blocks) {
        MpiRequests.waitsome(
            n,
            handles.address(),
            comm.scratch().address(),
            indices.address(),
            this.statuses.address());
      } else {
        MpiRequests.testsome(
            n,
            handles.address(),
            comm.scratch().address(),
            indices.address(),
            this.statuses.address());
      }
    } catch (RuntimeException | Error failure) {
      throw over(failure, outcount(), true);
    }
    int count = outcount();
    for (int i = 0; i < count; i++) {
      places[i] = indices.getAtIndex(ValueLayout.JAVA_INT, i);
      ended(places[i]);
    }
    for (int i = 0; i < count; i++) {
      read(statuses, i, i);
    }
    rethrow();
    return count;
  }

  /** How many are complete; MPI_UNDEFINED, where none was active, is negative. */
  private int outcount() {
    return Math.clamp(comm.answer(), 0, operations.length);
  }

  /**
   * {@code MPI_Startall}: starts all, which are {@link PersistentRequest}s; does not block.
   *
   * @throws IllegalStateException if one is active, closed, or no persistent request
   */
  public void startAll() {
    for (Operation each : operations) {
      if (!(each instanceof PersistentRequest persistent)) {
        throw new IllegalStateException("only persistent requests are started");
      }
      persistent.checkStart();
    }
    comm.check();
    for (int i = 0; i < operations.length; i++) {
      abi.writeHandle(EVERYTHING, place(i), operations[i].handle);
    }
    MpiRequests.startall(operations.length, handles.address());
    for (Operation each : operations) {
      ((PersistentRequest) each).markStarted();
    }
  }
}
