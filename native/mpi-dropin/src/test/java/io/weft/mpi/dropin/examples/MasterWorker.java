package io.weft.mpi.dropin.examples;

import mpi.MPI;
import mpi.MPIException;
import mpi.Status;

/** Rank 0 hands out numbers to square, to whoever is free. */
public final class MasterWorker {
  private static final int TASKS = 20;
  private static final int WORK = 1;
  private static final int STOP = 2;

  private MasterWorker() {}

  /**
   * Prints the sum of the squares.
   *
   * @param args none
   * @throws MPIException if MPI fails
   */
  public static void main(String[] args) throws MPIException {
    MPI.Init(args);
    int size = MPI.COMM_WORLD.getSize();
    if (MPI.COMM_WORLD.getRank() > 0) {
      work();
    } else {
      System.out.println("sum of squares: " + (size == 1 ? alone() : handOut(size)));
    }
    MPI.Finalize();
  }

  private static long alone() {
    long sum = 0;
    for (long i = 1; i <= TASKS; i++) {
      sum += i * i;
    }
    return sum;
  }

  private static long handOut(int size) throws MPIException {
    long[] task = new long[1];
    int next = 1;
    int busy = 0;
    for (int worker = 1; worker < size; worker++, busy++) {
      task[0] = next++;
      MPI.COMM_WORLD.send(task, 1, MPI.LONG, worker, WORK);
    }
    long sum = 0;
    while (busy > 0) {
      Status status = MPI.COMM_WORLD.probe(MPI.ANY_SOURCE, MPI.ANY_TAG);
      long[] results = new long[status.getCount(MPI.LONG)];
      MPI.COMM_WORLD.recv(results, results.length, MPI.LONG, status.getSource(), status.getTag());
      sum += results[0];
      task[0] = next;
      boolean more = next++ <= TASKS;
      MPI.COMM_WORLD.send(task, 1, MPI.LONG, status.getSource(), more ? WORK : STOP);
      busy -= more ? 0 : 1;
    }
    return sum;
  }

  private static void work() throws MPIException {
    long[] task = new long[1];
    while (MPI.COMM_WORLD.recv(task, 1, MPI.LONG, 0, MPI.ANY_TAG).getTag() == WORK) {
      task[0] *= task[0];
      MPI.COMM_WORLD.send(task, 1, MPI.LONG, 0, WORK);
    }
  }
}
