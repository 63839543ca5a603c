package mpi;

/** A reduction whose result every rank gets (MPI-4.0 sections 6.9.6 and 6.11). */
enum Reduction {
  /** Of the operands of all ranks. */
  ALLREDUCE("allreduce"),

  /** Of the ranks up to and with this one. */
  SCAN("scan"),

  /** Of the ranks before this one; rank 0 gets nothing, and keeps what it has. */
  EXSCAN("exscan");

  final String blocking;
  final String nonBlocking;

  Reduction(String name) {
    this.blocking = "MPI_" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    this.nonBlocking = "MPI_I" + name;
  }
}
