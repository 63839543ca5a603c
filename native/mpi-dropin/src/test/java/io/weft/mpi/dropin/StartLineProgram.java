package io.weft.mpi.dropin;

import java.nio.IntBuffer;
import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;
import mpi.Request;

/** A program as people have them: started by {@link StartLineTest} on two ranks. */
final class StartLineProgram {
  private StartLineProgram() {}

  /**
   * Prints one line: who it is, what it was given, what it runs on.
   *
   * @param args where the first is {@code abort}, rank 1 ends the job by the second, and rank 0
   *     waits for a message that never comes; where it is {@code error}, a message of rank 1 to
   *     itself is longer than what it receives, under {@code MPI_ERRORS_ABORT}
   */
  public static void main(String[] args) throws MPIException {
    String[] given = MPI.Init(args);
    Intracomm world = MPI.COMM_WORLD;
    if (given[0].equals("abort")) {
      if (world.getRank() == 1) {
        world.abort(Integer.parseInt(given[1]));
      }
      world.recv(new int[1], 1, MPI.INT, MPI.ANY_SOURCE, 0);
    }
    if (given[0].equals("error")) {
      world.setErrhandler(MPI.ERRORS_ABORT);
      if (world.getRank() == 1) {
        System.out.println("rank 1 makes an error");
        IntBuffer two = MPI.newIntBuffer(2);
        Request sent = world.iSend(two, 2, MPI.INT, 1, 0);
        world.recv(new int[1], 1, MPI.INT, 1, 0);
        sent.waitFor();
        System.out.println("rank 1 survived");
      }
      world.recv(new int[1], 1, MPI.INT, MPI.ANY_SOURCE, 0);
    }
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
