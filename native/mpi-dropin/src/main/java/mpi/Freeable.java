package mpi;

/** What holds a handle of MPI that is to be given back. */
public interface Freeable {
  /**
   * Gives the handle back.
   *
   * @throws MPIException if there is nothing to give back, or MPI refuses
   */
  void free() throws MPIException;
}
