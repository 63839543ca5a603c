package io.weft.kernels.cg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessorGridTest {
  @ParameterizedTest
  @CsvSource({"1,1,1", "2,1,2", "4,2,2", "8,2,4", "16,4,4", "32,4,8", "1024,32,32"})
  void hasAsManyColumnsAsRowsOrTwiceThat(int ranks, int gridRows, int gridColumns) {
    ProcessorGrid grid = ProcessorGrid.of(1400, ranks, 0);
    assertEquals(gridRows, grid.gridRows());
    assertEquals(gridColumns, grid.gridColumns());
    assertTrue(ProcessorGrid.RULE.allows(ranks));
  }

  @ParameterizedTest
  @ValueSource(ints = {-8, 0, 3, 5, 6, 7, 12, 100, Integer.MIN_VALUE})
  void onlyPowersOfTwoFit(int ranks) {
    assertFalse(ProcessorGrid.RULE.allows(ranks));
    assertThrows(IllegalArgumentException.class, () -> ProcessorGrid.of(1400, ranks, 0));
  }

  /** An order that no power of two divides, and one that leaves pieces of one element or none. */
  @ParameterizedTest
  @ValueSource(ints = {1400, 1399, 7, 5})
  void everyElementBelongsToOneRank(int order) {
    for (int ranks = 1; ranks <= 64; ranks *= 2) {
      int[][] owners = new int[order][order];
      for (int rank = 0; rank < ranks; rank++) {
        ProcessorGrid grid = ProcessorGrid.of(order, ranks, rank);
        assertEquals(rank, grid.rank());
        assertTrue(grid.rows() <= grid.largestRows());
        assertTrue(grid.columns() <= grid.largestColumns());
        for (int row = grid.firstRow(); row < grid.endRow(); row++) {
          assertEquals(grid.gridRow(), grid.gridRowOf(row));
          for (int column = grid.firstColumn(); column < grid.endColumn(); column++) {
            owners[row][column]++;
          }
        }
        for (int column = grid.firstColumn(); column < grid.endColumn(); column++) {
          assertEquals(grid.gridColumn(), grid.gridColumnOf(column));
        }
      }
      for (int[] row : owners) {
        for (int count : row) {
          assertEquals(1, count);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1400, 1399, 7})
  void transposePartnersHoldWhatTheOtherNeeds(int order) {
    for (int ranks = 1; ranks <= 64; ranks *= 2) {
      for (int rank = 0; rank < ranks; rank++) {
        ProcessorGrid grid = ProcessorGrid.of(order, ranks, rank);
        ProcessorGrid partner = ProcessorGrid.of(order, ranks, grid.transposePartner());
        assertEquals(rank, partner.transposePartner());
        assertEquals(partner.firstColumn(), grid.firstRow() + grid.keptStart());
        assertEquals(partner.endColumn(), grid.firstRow() + grid.keptEnd());
      }
    }
  }

  @Test
  void splitPartnersShareTheRowsOfTheirBlock() {
    for (int ranks : new int[] {2, 8, 32}) {
      for (int rank = 0; rank < ranks; rank++) {
        ProcessorGrid grid = ProcessorGrid.of(1399, ranks, rank);
        ProcessorGrid partner = ProcessorGrid.of(1399, ranks, grid.splitPartner());
        assertTrue(grid.splitsRows());
        assertEquals(grid.firstRow(), partner.firstRow());
        assertEquals(grid.keptStart(), partner.givenStart());
        assertEquals(grid.keptEnd(), partner.givenEnd());
        assertEquals(
            grid.rows(),
            grid.keptEnd() - grid.keptStart() + partner.keptEnd() - partner.keptStart());
      }
    }
  }

  @Test
  void rowPartnersStayInTheirRowAndAreMutual() {
    for (int ranks = 1; ranks <= 64; ranks *= 2) {
      for (int rank = 0; rank < ranks; rank++) {
        ProcessorGrid grid = ProcessorGrid.of(1400, ranks, rank);
        assertEquals(grid.gridColumns(), 1 << grid.rowSteps());
        for (int step = 0; step < grid.rowSteps(); step++) {
          ProcessorGrid partner = ProcessorGrid.of(1400, ranks, grid.rowPartner(step));
          assertEquals(grid.gridRow(), partner.gridRow());
          assertEquals(rank, partner.rowPartner(step));
        }
      }
    }
  }
}
