package io.weft.mpi.dropin.examples;

import mpi.MPI;
import mpi.MPIException;

/** Pi by a sum over all ranks, in the API of Open MPI's Java bindings. */
public final class Pi {
  private Pi() {}

  /**
   * Prints pi.
   *
   * @param args none
   * @throws MPIException if MPI fails
   */
  public static void main(String[] args) throws MPIException {
    MPI.Init(args);
    int rank = MPI.COMM_WORLD.getRank();
    int size = MPI.COMM_WORLD.getSize();
    int steps = 1_000_000;
    double[] part = new double[1];
    for (int i = rank; i < steps; i += size) {
      double x = (i + 0.5) / steps;
      part[0] += 4.0 / (1.0 + x * x) / steps;
    }
    double[] pi = new double[1];
    MPI.COMM_WORLD.reduce(part, pi, 1, MPI.DOUBLE, MPI.SUM, 0);
    if (rank == 0) {
      System.out.printf("pi is %.9f%n", pi[0]);
    }
    MPI.Finalize();
  }
}
