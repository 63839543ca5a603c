package mpi;

/** What is done about errors (MPI-4.0 section 9.3). */
public final class Errhandler {
  final long handle;

  long handle(String function) throws MPIException {
    State.check(function);
    return handle;
  }

  Errhandler(long handle) {
    this.handle = handle;
  }
}
