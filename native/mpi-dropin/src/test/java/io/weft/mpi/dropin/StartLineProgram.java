package io.weft.mpi.dropin;

import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;

/** A program as people have them: started by {@link StartLineTest} on ranks. */
final class StartLineProgram {
  private StartLineProgram() {}

  /** Prints one line: who it is, what it was given, what it runs on. */
  public static void main(String[] args) throws MPIException {
    String[] given = MPI.Init(args);
    Intracomm world = MPI.COMM_WORLD;
    int[] ranks = {world.getRank()};
    world.allReduce(ranks, 1, MPI.INT, MPI.SUM);
    System.out.println(
        "rank "
            + world.getRank()
            + " of "
            + world.getSize()
            + ", sum "
            + ranks[0]
            + ", given "
            + String.join("+", given)
            + ", by "
            + MPI.class.getProtectionDomain().getCodeSource().getLocation().getPath()
            + ", over "
            + MPI.getLibVersion().lines().findFirst().orElse("").strip().replaceAll("\\s+", " "));
    MPI.Finalize();
  }
}
