package io.weft.mpi.dropin.examples;

import mpi.Comm;
import mpi.MPI;
import mpi.MPIException;
import mpi.Status;

/** A token that goes around the ring of ranks. */
public final class Ring {
  private Ring() {}

  /**
   * Prints what has come around.
   *
   * @param args none
   * @throws MPIException if MPI fails
   */
  public static void main(String[] args) throws MPIException {
    String[] rest = MPI.Init(args);
    Comm comm = MPI.COMM_WORLD;
    int rank = comm.getRank();
    int size = comm.getSize();
    int[] token = {1};
    if (size == 1) {
      System.out.println("alone, with " + rest.length + " arguments");
    } else if (rank == 0) {
      comm.send(token, 1, MPI.INT, 1, 7);
      Status status = comm.recv(token, 1, MPI.INT, size - 1, MPI.ANY_TAG);
      System.out.println(
          "token " + token[0] + " from " + status.getSource() + " with tag " + status.getTag());
    } else {
      comm.recv(token, 1, MPI.INT, rank - 1, 7);
      token[0] *= rank + 1;
      comm.send(token, 1, MPI.INT, (rank + 1) % size, 7);
    }
    MPI.Finalize();
  }
}
