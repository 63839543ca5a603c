package io.weft.mpi.dropin.examples;

import mpi.MPI;
import mpi.MPIException;

/** Relaxation on a rod: each rank has a part of it, and its neighbours' border values. */
public final class Jacobi {
  private static final int CELLS = 24;

  private Jacobi() {}

  /**
   * Prints the temperatures.
   *
   * @param args none
   * @throws MPIException if MPI fails
   */
  public static void main(String[] args) throws MPIException {
    MPI.Init(args);
    int rank = MPI.COMM_WORLD.getRank();
    int size = MPI.COMM_WORLD.getSize();
    int n = CELLS / size;
    int left = rank > 0 ? rank - 1 : MPI.PROC_NULL;
    int right = rank < size - 1 ? rank + 1 : MPI.PROC_NULL;
    double[] old = new double[n + 2];
    if (rank == 0) {
      old[0] = 100;
    }
    for (int step = 0; step < 200; step++) {
      MPI.COMM_WORLD.sendRecv(
          MPI.slice(old, 1),
          1,
          MPI.DOUBLE,
          left,
          1,
          MPI.slice(old, n + 1),
          1,
          MPI.DOUBLE,
          right,
          1);
      MPI.COMM_WORLD.sendRecv(
          MPI.slice(old, n), 1, MPI.DOUBLE, right, 2, old, 1, MPI.DOUBLE, left, 2);
      double[] next = old.clone();
      for (int i = 1; i <= n; i++) {
        next[i] = (old[i - 1] + old[i + 1]) / 2;
      }
      old = next;
    }
    double[] all = rank == 0 ? new double[n * size] : null;
    MPI.COMM_WORLD.gather(MPI.slice(old, 1), n, MPI.DOUBLE, all, n, MPI.DOUBLE, 0);
    if (rank == 0) {
      StringBuilder line = new StringBuilder();
      for (double each : all) {
        line.append(String.format("%.4f ", each));
      }
      System.out.println(line.toString().strip());
    }
    MPI.Finalize();
  }
}
