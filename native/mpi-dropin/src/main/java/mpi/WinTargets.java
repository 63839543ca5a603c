package mpi;

import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiCollectives;
import io.weft.mpi.ffm.MpiErrorClass;
import io.weft.mpi.ffm.PredefinedHandle;
import java.util.Arrays;

/**
 * How much memory each rank has in a window: libraries do not look where an operation goes, and
 * what goes past the end ends the process there.
 */
final class WinTargets {
  private final long[] lengths;
  private final int[] units;

  private WinTargets(int size) {
    this.lengths = new long[size];
    this.units = new int[size];
  }

  /** Of a window whose memory is not known, because it is attached later. */
  static WinTargets dynamic(int size) {
    WinTargets targets = new WinTargets(size);
    Arrays.fill(targets.lengths, -1);
    return targets;
  }

  /** Tells all ranks of the communicator how much this one has; collective. */
  static WinTargets exchanged(long comm, int size, long lengthBytes, int unitBytes)
      throws MPIException {
    Scratch scratch = Scratch.begin();
    long own = scratch.bytes(2L * Long.BYTES);
    long all = scratch.bytes(2L * Long.BYTES * size);
    Lib.writeLong(own, lengthBytes);
    Lib.writeLong(own + Long.BYTES, unitBytes);
    long type = Lib.handle(PredefinedHandle.MPI_INT64_T);
    try {
      MpiCollectives.allgather(own, 2, type, all, 2, type, comm);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    WinTargets targets = new WinTargets(size);
    for (int rank = 0; rank < size; rank++) {
      targets.lengths[rank] = Lib.readLong(all + 2L * Long.BYTES * rank);
      targets.units[rank] = (int) Lib.readLong(all + 2L * Long.BYTES * rank + Long.BYTES);
    }
    return targets;
  }

  /** Refuses what is no rank of the window; nothing is done to {@link MPI#PROC_NULL}. */
  void rank(String function, String name, int rank) throws MPIException {
    if ((rank < 0 || rank >= lengths.length) && rank != Lib.PROC_NULL) {
      throw Errors.argument(
          function,
          MpiErrorClass.MPI_ERR_RANK,
          name + " " + rank + " is not in 0 .. " + (lengths.length - 1));
    }
  }

  /** Refuses elements that do not lie in a rank's memory. */
  void region(String function, int rank, int disp, int count, Datatype type) throws MPIException {
    rank(function, "targetRank", rank);
    Errors.count(function, "targetCount", count);
    if (rank == Lib.PROC_NULL || count == 0) {
      return;
    }
    if (lengths[rank] < 0) {
      throw Errors.argument(
          function,
          MpiErrorClass.MPI_ERR_DISP,
          "targetDisp in a dynamic window is an address, which no int can hold");
    }
    long start = (long) disp * units[rank];
    if (disp < 0 || start + type.first(count) < 0 || start + type.end(count) > lengths[rank]) {
      throw Errors.argument(
          function,
          MpiErrorClass.MPI_ERR_DISP,
          "bytes "
              + (start + type.first(count))
              + " to "
              + (start + type.end(count))
              + " (targetDisp "
              + disp
              + ", targetCount "
              + count
              + ") do not lie in the "
              + lengths[rank]
              + " bytes of rank "
              + rank);
    }
  }
}
