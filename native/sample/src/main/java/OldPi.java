import mpi.MPI;
import mpi.MPIException;

/** Pi by the midpoint rule, as a program for Open MPI's Java bindings has it. */
public class OldPi {
  private static final int INTERVALS = 1_000_000;

  public static void main(String[] args) throws MPIException {
    MPI.Init(args);
    int rank = MPI.COMM_WORLD.getRank();
    int size = MPI.COMM_WORLD.getSize();
    double[] part = {0};
    double[] sum = {0};
    for (int i = rank; i < INTERVALS; i += size) {
      double x = (i + 0.5) / INTERVALS;
      part[0] += 4 / (1 + x * x) / INTERVALS;
    }
    MPI.COMM_WORLD.reduce(part, sum, 1, MPI.DOUBLE, MPI.SUM, 0);
    if (rank == 0) {
      System.out.printf("pi is %.9f, on %d ranks%n", sum[0], size);
    }
    MPI.Finalize();
  }
}
