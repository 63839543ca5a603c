package mpi;

import io.weft.mpi.ffm.MpiConstant;

/** Attributes that MPI itself gives communicators (MPI-4.0 section 9.1.2). */
final class WorldAttributes {
  private static final int WTIME_IS_GLOBAL = Lib.value(MpiConstant.MPI_WTIME_IS_GLOBAL);

  private static final int[] KEYS = {
    Lib.value(MpiConstant.MPI_TAG_UB),
    Lib.value(MpiConstant.MPI_HOST),
    Lib.value(MpiConstant.MPI_IO),
    WTIME_IS_GLOBAL,
    Lib.value(MpiConstant.MPI_APPNUM),
    Lib.value(MpiConstant.MPI_UNIVERSE_SIZE),
    Lib.value(MpiConstant.MPI_LASTUSEDCODE)
  };

  private WorldAttributes() {}

  static boolean has(int keyval) {
    for (int each : KEYS) {
      if (each == keyval) {
        return true;
      }
    }
    return false;
  }

  /** Null if MPI does not know it here. C carries the address of an {@code int}. */
  static Object get(long comm, int keyval) throws MPIException {
    Scratch scratch = Scratch.begin();
    if (!Attributes.COMM.find(comm, keyval, scratch)) {
      return null;
    }
    int value = Lib.readInt(Lib.readLong(scratch.cell));
    if (keyval == WTIME_IS_GLOBAL) {
      return value != 0;
    }
    return value;
  }
}
