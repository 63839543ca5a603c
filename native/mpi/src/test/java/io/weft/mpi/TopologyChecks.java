package io.weft.mpi;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;

/** Grids, graphs, and collectives among neighbours. */
final class TopologyChecks extends Checks {
  private static final Datatype L = Datatype.LONG;

  TopologyChecks(Mpi mpi, Comm comm) {
    super(mpi, comm);
  }

  void grids() {
    int[] dims = mpi.dims(size, 0, 0);
    assertEquals(size, dims[0] * dims[1]);
    assertTrue(dims[0] >= dims[1]);
    assertEquals(Topology.NONE, comm.topology());
    assertThrows(IllegalStateException.class, comm::cart);
    assertThrows(IllegalStateException.class, comm::inDegree);
    try (Comm grid = comm.createCart(dims, new boolean[] {true, false}, false)) {
      assertEquals(Topology.CART, grid.topology());
      CartTopology cart = grid.cart();
      assertArrayEquals(dims, cart.dims());
      assertArrayEquals(new boolean[] {true, false}, cart.periodic());
      int[] here = {rank / dims[1], rank % dims[1]};
      assertArrayEquals(here, cart.coords());
      for (int each = 0; each < size; each++) {
        assertArrayEquals(new int[] {each / dims[1], each % dims[1]}, cart.coords(each));
        assertEquals(each, cart.rank(cart.coords(each)));
      }
      // Around the ring, and against the wall.
      assertEquals(rank, cart.rank(here[0] + dims[0], here[1]));
      CartTopology.Shift ring = cart.shift(0, 1);
      assertEquals(cart.rank(here[0] + 1, here[1]), ring.destination());
      assertEquals(cart.rank(here[0] - 1, here[1]), ring.source());
      CartTopology.Shift wall = cart.shift(1, 1);
      boolean last = here[1] == dims[1] - 1;
      assertEquals(last ? grid.procNull() : rank + 1, wall.destination());
      assertEquals(here[1] == 0 ? grid.procNull() : rank - 1, wall.source());
      try (Comm row = cart.sub(false, true)) {
        assertEquals(dims[1], row.size());
        assertEquals(here[1], row.rank());
      }
      assertThrows(IllegalArgumentException.class, () -> cart.rank(0));
      assertThrows(IllegalArgumentException.class, () -> cart.rank(0, dims[1]));
      assertThrows(IllegalArgumentException.class, () -> cart.shift(2, 1));
      assertThrows(IllegalArgumentException.class, () -> cart.sub(true));
    }
    Comm one = comm.createCart(new int[] {1}, new boolean[] {false}, false);
    if (rank == 0) {
      one.close();
    } else {
      assertNull(one);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> comm.createCart(new int[] {1}, new boolean[] {false, true}, false));
    assertThrows(
        IllegalArgumentException.class,
        () -> comm.createCart(new int[] {size + 1}, new boolean[] {false}, false));
  }

  void graphs() {
    // A ring: each has the one before and the one after.
    int[][] ring = new int[size][];
    for (int i = 0; i < size; i++) {
      ring[i] = new int[] {(i + size - 1) % size, (i + 1) % size};
    }
    try (Comm graph = comm.createGraph(ring, false)) {
      assertEquals(Topology.GRAPH, graph.topology());
      assertArrayEquals(ring[rank], graph.graphNeighbors(rank));
      assertThrows(IllegalArgumentException.class, () -> graph.graphNeighbors(graph.size()));
      assertTrue(Arrays.deepEquals(ring, graph.graph()));
      assertEquals(2, graph.inDegree());
      assertThrows(IllegalStateException.class, graph::distGraphNeighbors);
    }
  }

  /** Each sends to the next and to itself. */
  private Comm directed(boolean weighted) {
    return comm.createDistGraphAdjacent(
        new int[] {previous, rank},
        weighted ? new int[] {previous + 5, 9} : null,
        new int[] {next, rank},
        weighted ? new int[] {rank + 5, 9} : null,
        null,
        false);
  }

  void distributedGraphs() {
    try (Comm weighted = directed(true);
        Comm plain = directed(false)) {
      DistGraphNeighbors found = weighted.distGraphNeighbors();
      assertArrayEquals(new int[] {previous, rank}, found.sources());
      assertArrayEquals(new int[] {next, rank}, found.destinations());
      assertArrayEquals(new int[] {previous + 5, 9}, found.sourceWeights());
      assertArrayEquals(new int[] {rank + 5, 9}, found.destinationWeights());
      assertNull(plain.distGraphNeighbors().sourceWeights());
      assertEquals(Topology.DIST_GRAPH, plain.topology());
      assertEquals(2, plain.outDegree());
    }
    // Rank 0 says all edges of a star, each weighing 3.
    int[] all = new int[size];
    int[] weights = new int[size];
    for (int i = 0; i < size; i++) {
      all[i] = i;
      weights[i] = 3;
    }
    try (Comm star =
        comm.createDistGraph(
            rank == 0 ? new int[] {0} : new int[0],
            rank == 0 ? new int[][] {all} : new int[0][],
            rank == 0 ? new int[][] {weights} : new int[0][],
            null,
            false)) {
      DistGraphNeighbors found = star.distGraphNeighbors();
      assertArrayEquals(new int[] {0}, found.sources());
      assertArrayEquals(new int[] {3}, found.sourceWeights());
      assertEquals(rank == 0 ? size : 0, star.outDegree());
      assertEquals(1, star.inDegree());
    }
    assertThrows(
        IllegalArgumentException.class,
        () ->
            comm.createDistGraphAdjacent(
                new int[] {0}, new int[2], new int[0], new int[0], null, false));
  }

  private static long made(int from, int block, int i) {
    return 1000L * from + 10L * block + i;
  }

  void neighbors() {
    neighbors(true);
  }

  void neighborsNonBlocking() {
    neighbors(false);
  }

  private void neighbors(boolean now) {
    try (Comm graph = directed(false)) {
      Request request = graph.newRequest();
      int[] from = {previous, rank};
      for (int block = 0; block < 2; block++) {
        for (int i = 0; i < 3; i++) {
          send.setAtIndex(JAVA_LONG, 3 * block + i, made(rank, block, i));
        }
      }
      recv.fill((byte) 0);
      if (now) {
        graph.neighborAllgather(send, 0, recv, 0, 3, L);
      } else {
        graph.ineighborAllgather(send, 0, recv, 0, 3, L, request);
        request.await(null);
      }
      for (int k = 0; k < 6; k++) {
        assertEquals(made(from[k / 3], 0, k % 3), recv.getAtIndex(JAVA_LONG, k));
      }
      recv.fill((byte) 0);
      if (now) {
        graph.neighborAlltoall(send, 0, recv, 0, 3, L);
      } else {
        graph.ineighborAlltoall(send, 0, recv, 0, 3, L, request);
        request.await(null);
      }
      // One rank is its own neighbour twice, and Debian's MPICH gives it the two blocks in the
      // other
      // order; with more ranks each block has one way only.
      Assumptions.assumeFalse(
          comm.size() == 1 && mpi.libraryVersion().contains("MPICH Version: 4.0"),
          "MPICH 4.0 swaps the blocks of a rank that is its own neighbour twice");
      // Block 0 was for the next, block 1 for itself.
      for (int k = 0; k < 6; k++) {
        assertEquals(made(from[k / 3], k / 3, k % 3), recv.getAtIndex(JAVA_LONG, k));
      }
      BlockLayout in = graph.newBlockLayout(2);
      in.set(0, 4, 1);
      in.set(1, 8, 1);
      recv.fill((byte) 0);
      if (now) {
        graph.neighborAllgatherv(send, 8, 1, recv, 0, in, L);
      } else {
        graph.ineighborAllgatherv(send, 8, 1, recv, 0, in, L, request);
        request.await(null);
      }
      assertEquals(made(previous, 0, 1), recv.getAtIndex(JAVA_LONG, 4));
      assertEquals(made(rank, 0, 1), recv.getAtIndex(JAVA_LONG, 8));
      assertEquals(0, recv.getAtIndex(JAVA_LONG, 5));
      BlockLayout out = graph.newBlockLayout(2);
      out.set(0, 1, 2);
      out.set(1, 5, 1);
      in.set(0, 0, 2);
      in.set(1, 16, 1);
      if (now) {
        graph.neighborAlltoallv(send, 0, out, recv, 0, in, L);
      } else {
        graph.ineighborAlltoallv(send, 0, out, recv, 0, in, L, request);
        request.await(null);
      }
      assertEquals(made(previous, 0, 1), recv.getAtIndex(JAVA_LONG, 0));
      assertEquals(made(previous, 0, 2), recv.getAtIndex(JAVA_LONG, 1));
      assertEquals(made(rank, 1, 2), recv.getAtIndex(JAVA_LONG, 16));
      TypedBlockLayout outTyped = graph.newTypedBlockLayout(2);
      TypedBlockLayout inTyped = graph.newTypedBlockLayout(2);
      outTyped.set(0, 0, 1, L);
      outTyped.set(1, 24, 2, Datatype.INT);
      inTyped.set(0, 320, 1, L);
      inTyped.set(1, 400, 2, Datatype.INT);
      if (now) {
        graph.neighborAlltoallw(send, 0, outTyped, recv, 0, inTyped);
      } else {
        graph.ineighborAlltoallw(send, 0, outTyped, recv, 0, inTyped, request);
        request.await(null);
      }
      assertEquals(made(previous, 0, 0), recv.get(JAVA_LONG, 320));
      assertEquals(made(rank, 1, 0), recv.get(JAVA_LONG, 400));
      assertThrows(
          IllegalArgumentException.class,
          () -> graph.neighborAlltoallv(send, 0, comm.newBlockLayout(3), recv, 0, in, L));
    }
  }
}
