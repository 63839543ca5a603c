package mpi;

/** With whom each rank exchanges blocks, in a collective operation without a root. */
enum Peers {
  /** All ranks of the communicator; of an inter-communicator, those of the other group. */
  RANKS,

  /** Those that the communicator's topology names (MPI-4.0 section 8.6). */
  NEIGHBORS;

  /** How many send to this rank. */
  int sources(Comm comm, String function) throws MPIException {
    return this == RANKS ? comm.peers(function) : comm.sources(function);
  }

  /** How many this rank sends to. */
  int destinations(Comm comm, String function) throws MPIException {
    return this == RANKS ? comm.peers(function) : comm.destinations(function);
  }
}
