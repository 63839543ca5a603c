package mpi;

/** How a send ends (MPI-4.0 section 3.4). */
enum SendMode {
  STANDARD("send"),
  BUFFERED("bsend"),
  SYNCHRONOUS("ssend"),
  READY("rsend");

  final String blocking;
  final String nonBlocking;
  final String persistent;

  SendMode(String name) {
    this.blocking = "MPI_" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    this.nonBlocking = "MPI_I" + name;
    this.persistent = blocking + "_init";
  }
}
