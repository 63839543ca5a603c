package mpi;

import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiDistGraphs;
import io.weft.mpi.ffm.MpiErrorClass;
import io.weft.mpi.ffm.MpiTopologies;

/** How many neighbours a rank has, whatever the topology (MPI-4.0 section 8.6). */
final class Topologies {
  private Topologies() {}

  /** Those that it gets from, and those that it gives to. */
  static int[] degrees(String function, Comm comm) throws MPIException {
    long h = comm.handle(function);
    int rank = comm.rank(function);
    Scratch scratch = Scratch.get();
    try {
      MpiTopologies.topoTest(h, scratch.cell);
      int kind = Lib.readInt(scratch.cell);
      if (kind == MPI.CART) {
        MpiTopologies.cartdimGet(h, scratch.cell);
        int both = 2 * Lib.readInt(scratch.cell);
        return new int[] {both, both};
      }
      if (kind == MPI.GRAPH) {
        MpiTopologies.graphNeighborsCount(h, rank, scratch.cell);
        int both = Lib.readInt(scratch.cell);
        return new int[] {both, both};
      }
      if (kind == MPI.DIST_GRAPH) {
        MpiDistGraphs.distGraphNeighborsCount(h, scratch.cell, scratch.cell2, scratch.cell3);
        return new int[] {Lib.readInt(scratch.cell), Lib.readInt(scratch.cell2)};
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    throw Errors.argument(
        function, MpiErrorClass.MPI_ERR_TOPOLOGY, "the communicator has no topology");
  }
}
