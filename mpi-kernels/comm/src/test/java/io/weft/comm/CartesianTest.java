package io.weft.comm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Grids of ranks. */
class CartesianTest {
  /** The examples of MPI-4.0 section 8.5.2, and what must be balanced by hand. */
  @Test
  void balancedGridsAreTheClosest() {
    assertArrayEquals(new int[] {3, 2}, Cartesian.balanced(6, 2));
    assertArrayEquals(new int[] {7, 1}, Cartesian.balanced(7, 2));
    assertArrayEquals(new int[] {4, 3, 2}, Cartesian.balanced(24, 3));
    assertArrayEquals(new int[] {4, 4, 3}, Cartesian.balanced(48, 3));
    assertArrayEquals(new int[] {1, 1, 1}, Cartesian.balanced(1, 3));
    assertArrayEquals(new int[] {12}, Cartesian.balanced(12, 1));
    assertArrayEquals(new int[] {16, 16, 16}, Cartesian.balanced(4096, 3));
    assertThrows(IllegalArgumentException.class, () -> Cartesian.balanced(0, 2));
  }

  @Test
  void ranksRunAlongTheLastDimensionFirst() {
    Cartesian grid = new Cartesian(new int[] {2, 3}, new boolean[] {false, true});
    assertEquals(6, grid.size());
    assertArrayEquals(new int[] {1, 0}, grid.coordinates(3));
    for (int rank = 0; rank < 6; rank++) {
      assertEquals(rank, grid.rank(grid.coordinates(rank)));
    }
  }

  @Test
  void neighboursGoRoundWherePeriodicOnly() {
    Cartesian grid = new Cartesian(new int[] {2, 3}, new boolean[] {false, true});
    assertEquals(Cartesian.NO_NEIGHBOUR, grid.neighbour(0, 0, -1));
    assertEquals(3, grid.neighbour(0, 0, 1));
    assertEquals(Cartesian.NO_NEIGHBOUR, grid.neighbour(3, 0, 1));
    assertEquals(2, grid.neighbour(0, 1, -1));
    assertEquals(3, grid.neighbour(5, 1, 1));
    assertEquals(4, grid.neighbour(5, 1, -7));
    assertEquals(1, grid.neighbour(1, 1, 3));
  }

  @Test
  void whatIsNoGridIsRefused() {
    Class<IllegalArgumentException> wrong = IllegalArgumentException.class;
    assertThrows(wrong, () -> new Cartesian(new int[] {2, 0}, new boolean[2]));
    assertThrows(wrong, () -> new Cartesian(new int[] {2}, new boolean[2]));
    assertThrows(wrong, () -> new Cartesian(new int[0], new boolean[0]));
    assertThrows(wrong, () -> new Cartesian(new int[] {1 << 16, 1 << 16}, new boolean[2]));
    Cartesian grid = new Cartesian(new int[] {2, 2}, new boolean[2]);
    assertThrows(wrong, () -> grid.coordinates(4));
    assertThrows(wrong, () -> grid.rank(1));
  }
}
