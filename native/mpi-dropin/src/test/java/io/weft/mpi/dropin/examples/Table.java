package io.weft.mpi.dropin.examples;

import java.nio.IntBuffer;
import mpi.File;
import mpi.Info;
import mpi.MPI;
import mpi.MPIException;
import mpi.Win;

/** Each rank puts a number into rank 0's window, which writes them to a file that all read. */
public final class Table {
  private Table() {}

  /**
   * Prints what is in the file.
   *
   * @param args the file's name
   * @throws MPIException if MPI fails
   */
  public static void main(String[] args) throws MPIException {
    MPI.Init(args);
    int rank = MPI.COMM_WORLD.getRank();
    int size = MPI.COMM_WORLD.getSize();
    IntBuffer table = MPI.newIntBuffer(size);
    Win window = new Win(table, rank == 0 ? size : 0, 1, MPI.INFO_NULL, MPI.COMM_WORLD);
    window.fence(0);
    window.put(MPI.newIntBuffer(1).put(0, 11 * rank), 1, MPI.INT, 0, rank, 1, MPI.INT);
    window.fence(0);
    window.free();
    Info info = new Info();
    info.set("access_style", "write_once");
    File file = new File(MPI.COMM_WORLD, args[0], MPI.MODE_CREATE | MPI.MODE_RDWR, info);
    info.free();
    if (rank == 0) {
      file.writeAt(0, table, size, MPI.INT);
    }
    file.sync();
    MPI.COMM_WORLD.barrier();
    file.sync();
    file.setView(4L * rank, MPI.INT, MPI.INT, "native");
    int[] mine = new int[1];
    file.readAll(mine, 1, MPI.INT);
    file.close();
    int[] all = new int[size];
    MPI.COMM_WORLD.gather(mine, 1, MPI.INT, all, 1, MPI.INT, 0);
    if (rank == 0) {
      System.out.println(java.util.Arrays.toString(all));
    }
    MPI.Finalize();
  }
}
