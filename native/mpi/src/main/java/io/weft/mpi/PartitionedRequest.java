package io.weft.mpi;

import io.weft.mpi.ffm.MpiPartitioned;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * A message in partitions (MPI-4.0 chapter 4), made by {@link Comm#partitionedSendInit} and {@link
 * Comm#partitionedRecvInit}: after {@link #start} the sender says of each partition when it may be
 * sent, the receiver asks which have arrived. Complete at the sender when all were ready.
 */
public final class PartitionedRequest extends PersistentRequest {
  private final boolean sends;

  /** Which the sender has said to be ready: C takes none twice. */
  private final boolean[] ready;

  PartitionedRequest(
      Comm comm, MemorySegment buffer, Datatype type, int partitions, boolean sends) {
    super(comm, buffer, null, type);
    this.sends = sends;
    this.ready = new boolean[partitions];
  }

  @Override
  void markStarted() {
    Arrays.fill(ready, false);
    super.markStarted();
  }

  private void check(String function, boolean ofSender, int partition) {
    check();
    if (sends != ofSender) {
      throw new IllegalStateException(
          function + " is for the " + (ofSender ? "sender" : "receiver") + " of partitions");
    }
    if (partition < 0 || partition >= ready.length) {
      throw new IndexOutOfBoundsException(
          function + ": partition " + partition + " is not in 0 .. " + (ready.length - 1));
    }
  }

  private void checkReady(String function, int partition) {
    check(function, true, partition);
    if (!isActive()) {
      throw new IllegalStateException(function + ": the request is not active; start it first");
    }
    if (ready[partition]) {
      throw new IllegalStateException(function + ": partition " + partition + " is ready already");
    }
  }

  /**
   * {@code MPI_Pready}: the partition holds what is to be sent, and is not changed until the
   * request is complete; does not block.
   *
   * @param partition its number
   * @throws IllegalStateException if it is ready already, or the request is not active
   */
  public void ready(int partition) {
    checkReady("MPI_Pready", partition);
    MpiPartitioned.pready(partition, handle);
    ready[partition] = true;
  }

  /**
   * {@code MPI_Pready_range}: as {@link #ready}, of partitions that follow each other.
   *
   * @param first the first
   * @param last the last, not less than the first
   */
  public void readyRange(int first, int last) {
    if (last < first) {
      throw new IllegalArgumentException(
          "MPI_Pready_range: last is " + last + ", less than first, " + first);
    }
    for (int partition = first; partition <= last; partition++) {
      checkReady("MPI_Pready_range", partition);
    }
    MpiPartitioned.preadyRange(first, last, handle);
    Arrays.fill(ready, first, last + 1, true);
  }

  /**
   * {@code MPI_Pready_list}: as {@link #ready}, of several.
   *
   * @param partitions their numbers, none twice
   */
  public void readyList(int... partitions) {
    boolean[] before = ready.clone();
    try {
      for (int partition : partitions) {
        checkReady("MPI_Pready_list", partition);
        ready[partition] = true;
      }
      try (Arena arena = Arena.ofConfined()) {
        MpiPartitioned.preadyList(
            partitions.length, CommTopology.ints(arena, partitions).address(), handle);
      }
    } catch (RuntimeException | Error failure) {
      System.arraycopy(before, 0, ready, 0, before.length);
      throw failure;
    }
  }

  /**
   * {@code MPI_Parrived}: says whether a partition has arrived; makes progress, does not block.
   *
   * @param partition its number
   * @return true if it has, or the request is inactive
   */
  public boolean isArrived(int partition) {
    check("MPI_Parrived", false, partition);
    if (!isActive()) {
      return true;
    }
    MpiPartitioned.parrived(handle, partition, comm.scratch().address());
    return comm.answer() != 0;
  }
}
