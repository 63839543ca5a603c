package io.weft.mpi;

import io.weft.mpi.ffm.MpiAbi;
import io.weft.mpi.ffm.MpiConstant;

/** How threads may call MPI (MPI-4.0 section 11.6.2); in the standard's order. */
public enum ThreadLevel {
  /** One thread only. */
  SINGLE(MpiConstant.MPI_THREAD_SINGLE),
  /** Only the thread that initialised. */
  FUNNELED(MpiConstant.MPI_THREAD_FUNNELED),
  /** Any thread, one at a time. */
  SERIALIZED(MpiConstant.MPI_THREAD_SERIALIZED),
  /** Any thread at any time. */
  MULTIPLE(MpiConstant.MPI_THREAD_MULTIPLE);

  private final MpiConstant constant;

  ThreadLevel(MpiConstant constant) {
    this.constant = constant;
  }

  int value(MpiAbi abi) {
    return abi.value(constant);
  }

  /** The level of a number; libraries only ever give these four. */
  static ThreadLevel of(MpiAbi abi, int value) {
    for (ThreadLevel level : values()) {
      if (level.value(abi) == value) {
        return level;
      }
    }
    throw new IllegalStateException("the library gave thread level " + value);
  }
}
