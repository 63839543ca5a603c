package io.weft.mpi.dropin.examples;

import java.nio.DoubleBuffer;
import mpi.Datatype;
import mpi.MPI;
import mpi.MPIException;
import mpi.Op;
import mpi.Request;
import mpi.UserFunction;

/** The longest of all ranks' vectors, by an operation in Java; then all vectors' first elements. */
public final class Longest {
  /** Of two vectors the longer one. */
  private static final class Longer extends UserFunction {
    @Override
    public void call(Object in, Object inOut, int count, Datatype type) {
      double[] a = (double[]) in;
      double[] b = (double[]) inOut;
      if (length(a) > length(b)) {
        System.arraycopy(a, 0, b, 0, a.length);
      }
    }
  }

  private Longest() {}

  private static double length(double[] vector) {
    return Math.sqrt(vector[0] * vector[0] + vector[1] * vector[1]);
  }

  /**
   * Prints the longest vector.
   *
   * @param args none
   * @throws MPIException if MPI fails
   */
  public static void main(String[] args) throws MPIException {
    MPI.Init(args);
    int rank = MPI.COMM_WORLD.getRank();
    int size = MPI.COMM_WORLD.getSize();
    double[] vector = {3 - rank, rank * rank - 4};
    double[] longest = new double[2];
    Datatype pair = Datatype.createContiguous(2, MPI.DOUBLE);
    pair.commit();
    Op longer = new Op(new Longer(), true);
    MPI.COMM_WORLD.allReduce(vector, longest, 1, pair, longer);
    pair.free();
    longer.free();
    DoubleBuffer out = MPI.newDoubleBuffer(1).put(0, vector[0]);
    DoubleBuffer in = MPI.newDoubleBuffer(1);
    Request[] requests = {
      MPI.COMM_WORLD.iRecv(in, 1, MPI.DOUBLE, (rank + size - 1) % size, 0),
      MPI.COMM_WORLD.iSend(out, 1, MPI.DOUBLE, (rank + 1) % size, 0)
    };
    Request.waitAll(requests);
    double[] sum = {in.get(0)};
    MPI.COMM_WORLD.allReduce(sum, 1, MPI.DOUBLE, MPI.SUM);
    if (rank == 0) {
      System.out.println("longest: " + longest[0] + ", " + longest[1] + "; sum " + sum[0]);
    }
    MPI.Finalize();
  }
}
