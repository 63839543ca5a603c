package io.weft.mpi.dropin.examples;

import java.nio.ByteBuffer;
import mpi.MPI;
import mpi.MPIException;
import mpi.Struct;

/** Structures that are gathered from all ranks. */
public final class Particles extends Struct {
  private final int id = addInt();
  private final int charge = addByte();
  private final int place = setOffset(8).addDouble(3);

  private Particles() {}

  @Override
  protected Data newData() {
    return new Data();
  }

  /** A particle in a buffer. */
  private final class Data extends Struct.Data {
    void set(int rank) {
      putInt(id, rank);
      putByte(charge, (byte) -rank);
      for (int i = 0; i < 3; i++) {
        putDouble(place, i, rank + i / 10.0);
      }
    }

    String text() {
      return getInt(id) + ":" + getByte(charge) + ":" + getDouble(place, 2);
    }
  }

  /**
   * Prints the particles of all ranks.
   *
   * @param args none
   * @throws MPIException if MPI fails
   */
  public static void main(String[] args) throws MPIException {
    MPI.Init(args);
    int rank = MPI.COMM_WORLD.getRank();
    int size = MPI.COMM_WORLD.getSize();
    Particles particles = new Particles();
    ByteBuffer mine = MPI.newByteBuffer(particles.getExtent());
    Data data = particles.getData(mine);
    data.set(rank);
    byte[] all = new byte[size * particles.getExtent()];
    MPI.COMM_WORLD.allGather(mine, 1, particles.getType(), all, 1, particles.getType());
    if (rank == 0) {
      for (int i = 0; i < size; i++) {
        Data each = particles.getData(all, i);
        System.out.println(each.text());
      }
    }
    MPI.Finalize();
  }
}
