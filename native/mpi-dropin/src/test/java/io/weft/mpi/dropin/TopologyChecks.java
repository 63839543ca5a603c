package io.weft.mpi.dropin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import mpi.CartComm;
import mpi.CartParms;
import mpi.Comm;
import mpi.DistGraphNeighbors;
import mpi.GraphComm;
import mpi.GraphParms;
import mpi.Info;
import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;
import mpi.ShiftParms;

/** Grids and graphs. */
final class TopologyChecks extends Checks {
  TopologyChecks(Intracomm comm) throws MPIException {
    super(comm);
  }

  /** A ring of all ranks, beside an open dimension of length 1. */
  private CartComm ring() throws MPIException {
    return comm.createCart(new int[] {size, 1}, new boolean[] {true, false}, false);
  }

  void grids() throws MPIException {
    CartComm ring = ring();
    assertEquals(MPI.CART, ring.getTopology());
    CartParms grid = ring.getTopo();
    assertEquals(2, grid.getDimCount());
    assertEquals(size, grid.getDim(0));
    assertEquals(1, grid.getDim(1));
    assertTrue(grid.getPeriod(0));
    assertFalse(grid.getPeriod(1));
    assertEquals(rank, grid.getCoord(0));
    assertEquals(0, grid.getCoord(1));
    for (int each = 0; each < size; each++) {
      assertArrayEquals(new int[] {each, 0}, ring.getCoords(each));
      assertEquals(each, ring.getRank(new int[] {each, 0}));
      assertEquals(each, ring.getRank(new int[] {each - size, 0}));
    }
    ShiftParms around = ring.shift(0, 1);
    assertEquals(previous, around.getRankSource());
    assertEquals(next, around.getRankDest());
    ShiftParms out = ring.shift(1, 1);
    assertEquals(MPI.PROC_NULL, out.getRankSource());
    assertEquals(MPI.PROC_NULL, out.getRankDest());
    CartComm line = ring.sub(new boolean[] {true, false});
    assertEquals(size, line.getSize());
    assertEquals(1, line.getTopo().getDimCount());
    CartComm point = ring.sub(new boolean[] {false, true});
    assertEquals(1, point.getSize());
    int mapped = comm.getRank();
    assertEquals(mapped, ring.map(new int[] {size}, new boolean[] {true}));
    point.free();
    line.free();
    ring.free();
  }

  void gridsThatLeaveRanksOut() throws MPIException {
    CartComm part = comm.createCart(new int[] {1}, new boolean[] {false}, false);
    assertEquals(rank != 0, part.isNull());
    if (rank == 0) {
      assertEquals(1, part.getSize());
      assertEquals(0, part.map(new int[] {1}, new boolean[] {false}));
      part.free();
    }
  }

  void gridsAreCopied() throws MPIException {
    CartComm ring = ring();
    Info hints = new Info();
    CartComm waited = ring.iDup();
    waited.getRequest().waitFor();
    Comm general = ring;
    Intracomm intra = ring;
    for (CartComm each :
        new CartComm[] {
          ring.clone(),
          ring.dup(),
          ring.dupWithInfo(hints),
          waited,
          (CartComm) general.dup(),
          (CartComm) intra.clone()
        }) {
      assertNotSame(ring, each);
      assertEquals(MPI.CONGRUENT, Comm.compare(ring, each));
      assertEquals(size, each.getTopo().getDim(0));
      each.free();
      assertTrue(each.isNull());
    }
    hints.free();
    ring.free();
  }

  void lengthsOfGrids() throws MPIException {
    int[] chosen = new int[2];
    CartComm.createDims(6, chosen);
    assertArrayEquals(new int[] {3, 2}, chosen);
    int[] kept = {0, 3};
    CartComm.createDims(12, kept);
    assertArrayEquals(new int[] {4, 3}, kept);
    refused(
        MPI.ERR_DIMS, "MPI_Dims_create", "dims[0] is -1", () -> CartComm.createDims(4, ints(-1)));
    refused(MPI.ERR_ARG, "MPI_Dims_create", "nNodes is 0", () -> CartComm.createDims(0, ints(0)));
    refused("MPI_Dims_create", () -> CartComm.createDims(6, new int[] {4, 0}));
    assertThrows(NullPointerException.class, () -> CartComm.createDims(6, null));
  }

  private static int[] ints(int... values) {
    return values;
  }

  void whatIsWrongWithGrids() throws MPIException {
    CartComm ring = ring();
    refused(MPI.ERR_RANK, "MPI_Cart_coords", "" + size, () -> ring.getCoords(size));
    refused(MPI.ERR_RANK, "MPI_Cart_coords", "-1", () -> ring.getCoords(-1));
    refused(MPI.ERR_ARG, "MPI_Cart_rank", "coords[1] is 1", () -> ring.getRank(ints(0, 1)));
    assertThrows(IndexOutOfBoundsException.class, () -> ring.getRank(ints(0)));
    refused(MPI.ERR_DIMS, "MPI_Cart_shift", "direction 2", () -> ring.shift(2, 1));
    refused(MPI.ERR_DIMS, "MPI_Cart_shift", "direction -1", () -> ring.shift(-1, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> ring.sub(new boolean[1]));
    refused(MPI.ERR_DIMS, "MPI_Cart_map", "dims[0] is 0", () -> ring.map(ints(0), new boolean[1]));
    assertThrows(IndexOutOfBoundsException.class, () -> ring.map(ints(1), new boolean[0]));
    refused("MPI_Cart_create", () -> comm.createCart(ints(size + 1), new boolean[] {false}, false));
    assertThrows(
        IndexOutOfBoundsException.class, () -> comm.createCart(ints(1), new boolean[0], false));
    assertThrows(IndexOutOfBoundsException.class, () -> ring.getTopo().getDim(2));
    ring.free();
    refused(MPI.ERR_COMM, "MPI_Cart_get", "", ring::getTopo);
    refused(MPI.ERR_COMM, "MPI_Cart_shift", "", () -> ring.shift(0, 1));
    refused(MPI.ERR_COMM, "MPI_Comm_dup", "", ring::dup);
  }

  /** Each rank's edges lead to the one after it and to the one before it. */
  private GraphComm circle() throws MPIException {
    return comm.createGraph(ends(), leads(), false);
  }

  private int[] ends() {
    int[] index = new int[size];
    for (int i = 0; i < size; i++) {
      index[i] = 2 * (i + 1);
    }
    return index;
  }

  private int[] leads() {
    int[] edges = new int[2 * size];
    for (int i = 0; i < size; i++) {
      edges[2 * i] = (i + 1) % size;
      edges[2 * i + 1] = (i + size - 1) % size;
    }
    return edges;
  }

  void graphs() throws MPIException {
    GraphComm circle = circle();
    assertEquals(MPI.GRAPH, circle.getTopology());
    GraphParms graph = circle.getDims();
    assertEquals(size, graph.getIndexCount());
    assertEquals(2 * size, graph.getEdgeCount());
    for (int i = 0; i < size; i++) {
      assertEquals(2 * (i + 1), graph.getIndex(i));
      assertEquals((i + 1) % size, graph.getEdge(2 * i));
      assertEquals((i + size - 1) % size, graph.getEdge(2 * i + 1));
      assertArrayEquals(ints((i + 1) % size, (i + size - 1) % size), circle.getNeighbors(i));
    }
    assertEquals(rank, circle.map(ends(), leads()));
    circle.free();
  }

  void graphsAreCopied() throws MPIException {
    GraphComm circle = circle();
    Info hints = new Info();
    GraphComm waited = circle.iDup();
    waited.getRequest().waitFor();
    Comm general = circle;
    for (GraphComm each :
        new GraphComm[] {
          circle.clone(), circle.dup(), circle.dupWithInfo(hints), waited, (GraphComm) general.dup()
        }) {
      assertEquals(MPI.CONGRUENT, Comm.compare(circle, each));
      assertArrayEquals(ints(next, previous), each.getNeighbors(rank));
      each.free();
    }
    hints.free();
    circle.free();
  }

  void distributedGraphs() throws MPIException {
    GraphComm weighted =
        comm.createDistGraphAdjacent(
            ints(previous), ints(10 + previous), ints(next), ints(10 + rank), MPI.INFO_NULL, false);
    assertEquals(MPI.DIST_GRAPH, weighted.getTopology());
    expect(weighted, true);
    weighted.free();
    GraphComm plain =
        comm.createDistGraphAdjacent(ints(previous), ints(next), MPI.INFO_NULL, false);
    expect(plain, false);
    plain.free();
    GraphComm told =
        comm.createDistGraph(
            ints(rank), ints(1), ints(next), ints(10 + rank), MPI.INFO_NULL, false);
    expect(told, true);
    told.free();
    GraphComm toldPlain =
        comm.createDistGraph(ints(rank), ints(1), ints(next), MPI.INFO_NULL, false);
    expect(toldPlain, false);
    toldPlain.free();
  }

  private void expect(GraphComm graph, boolean weighted) throws MPIException {
    DistGraphNeighbors neighbors = graph.getDistGraphNeighbors();
    assertEquals(weighted, neighbors.isWeighted());
    assertEquals(1, neighbors.getInDegree());
    assertEquals(1, neighbors.getOutDegree());
    assertEquals(previous, neighbors.getSource(0));
    assertEquals(next, neighbors.getDestination(0));
    assertEquals(weighted ? 10 + previous : 0, neighbors.getSourceWeight(0));
    assertEquals(weighted ? 10 + rank : 0, neighbors.getDestinationWeight(0));
    assertThrows(IndexOutOfBoundsException.class, () -> neighbors.getSource(1));
  }

  void whatIsWrongWithGraphs() throws MPIException {
    GraphComm circle = circle();
    refused(MPI.ERR_RANK, "MPI_Graph_neighbors", "" + size, () -> circle.getNeighbors(size));
    refused("MPI_Dist_graph_neighbors", circle::getDistGraphNeighbors);
    refused(MPI.ERR_ARG, "MPI_Graph_map", "edges[0] is 5", () -> circle.map(ints(1), ints(5)));
    refused(MPI.ERR_ARG, "MPI_Graph_map", "index[1] is 0", () -> circle.map(ints(1, 0), ints(0)));
    assertThrows(IndexOutOfBoundsException.class, () -> circle.map(ints(2), ints(0)));
    refused(
        MPI.ERR_ARG,
        "MPI_Graph_create",
        "edges[0] is 7",
        () -> comm.createGraph(ints(1), ints(7), false));
    circle.free();
    refused(MPI.ERR_COMM, "MPI_Graph_neighbors", "", () -> circle.getNeighbors(0));
    refused(MPI.ERR_COMM, "MPI_Graph_get", "", circle::getDims);
    GraphComm distributed =
        comm.createDistGraphAdjacent(ints(previous), ints(next), MPI.INFO_NULL, false);
    refused("MPI_Graph", distributed::getDims);
    refused("MPI_Graph", () -> distributed.getNeighbors(0));
    distributed.free();
  }
}
