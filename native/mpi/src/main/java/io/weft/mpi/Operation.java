package io.weft.mpi;

import io.weft.mpi.ffm.MpiAbi;
import io.weft.mpi.ffm.MpiPointToPoint;
import io.weft.mpi.ffm.MpiRequests;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** An operation that is started and completed later (MPI-4.0 sections 3.7 and 3.9). */
public abstract sealed class Operation permits Request, PersistentRequest {
  final Comm comm;
  final MpiAbi abi;

  /** Where C keeps the handle; null where it has none. */
  MemorySegment memory;

  Operation(Comm comm, MpiAbi abi, MemorySegment memory) {
    this.comm = comm;
    this.abi = abi;
    this.memory = memory;
  }

  /**
   * Says whether an operation is under way.
   *
   * @return true from its start until {@link #await} or {@link #test} found it complete
   */
  public abstract boolean isActive();

  /** C has ended the operation, or has failed to. */
  abstract void ended();

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
    MpiRequests.getStatus(abi.readHandle(memory, 0), flag.address(), comm.statusAddress(null));
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
    try {
      MpiPointToPoint.await(memory.address(), comm.statusAddress(status));
    } finally {
      ended();
    }
    comm.read(status);
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
    try {
      MpiPointToPoint.test(memory.address(), flag.address(), comm.statusAddress(status));
    } catch (MpiException failed) {
      ended();
      throw failed;
    }
    if (flag.get(ValueLayout.JAVA_INT, 0) == 0) {
      return false;
    }
    ended();
    comm.read(status);
    return true;
  }
}
