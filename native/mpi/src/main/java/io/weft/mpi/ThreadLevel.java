package io.weft.mpi;

/** How threads may call MPI (MPI-4.0 section 11.6.2); in the standard's order. */
public enum ThreadLevel {
  /** One thread only. */
  SINGLE,
  /** Only the thread that initialised. */
  FUNNELED,
  /** Any thread, one at a time. */
  SERIALIZED,
  /** Any thread at any time. */
  MULTIPLE
}
