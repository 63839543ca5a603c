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
    double[] old = new double[n + 2];
    if (rank == 0) {
      old[0] = 100;
    }
    for (int step = 0; step < 200; step++) {
      // Even ranks talk to the right first, odd ones to the left.
      for (int turn = 0; turn < 2; turn++) {
        if ((rank + turn) % 2 == 0) {
          exchange(old, n, n + 1, rank + 1);
        } else {
          exchange(old, 1, 0, rank - 1);
        }
      }
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

  /** Gives a neighbour, if there is one, a border value and takes its own. */
  private static void exchange(double[] rod, int mine, int theirs, int neighbor)
      throws MPIException {
    if (neighbor >= 0 && neighbor < MPI.COMM_WORLD.getSize()) {
      MPI.COMM_WORLD.sendRecv(
          MPI.slice(rod, mine),
          1,
          MPI.DOUBLE,
          neighbor,
          1,
          MPI.slice(rod, theirs),
          1,
          MPI.DOUBLE,
          neighbor,
          1);
    }
  }
}
