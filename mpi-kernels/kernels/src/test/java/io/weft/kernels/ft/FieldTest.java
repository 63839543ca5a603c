package io.weft.kernels.ft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weft.kernels.npb.NpbRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the field starts from and is multiplied by, point by point. */
class FieldTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void everyRankMakesItsPartOfOneSequence(int ranks) {
    Slabs slabs = new Slabs(32, 64, 16, ranks);
    NpbRandom random = new NpbRandom(314_159_265L);
    for (int rank = 0; rank < ranks; rank++) {
      double[] re = new double[slabs.points()];
      double[] im = new double[slabs.points()];
      InitialCondition.fill(slabs, rank, re, im);
      for (int plane = 0; plane < slabs.planes(); plane++) {
        for (int y = 0; y < 64; y++) {
          for (int x = 0; x < 32; x++) {
            int at = ((plane * 4 + y / 16) * 32 + x) * 16 + y % 16;
            assertEquals(random.next(), re[at]);
            assertEquals(random.next(), im[at]);
          }
        }
      }
    }
  }

  @Test
  void factorsAreOfTheFoldedWaveNumberAndTheTime() {
    Evolution evolution = new Evolution(new Slabs(64, 32, 16, 1));
    evolution.at(3);
    double a = 4e-6 * Math.PI * Math.PI * 3;
    assertEquals(1, evolution.x()[0]);
    assertEquals(Math.exp(-a * 31 * 31), evolution.x()[31], 1e-15);
    assertEquals(Math.exp(-a * 32 * 32), evolution.x()[32], 1e-15);
    assertEquals(Math.exp(-a), evolution.x()[63], 1e-15);
    assertEquals(Math.exp(-a * 15 * 15), evolution.y()[17], 1e-15);
    assertEquals(Math.exp(-a * 8 * 8), evolution.z()[8], 1e-15);
  }

  @Test
  void blocksAreMultipliedByTheFactorsOfTheirPlaces() {
    double[] from = new double[200];
    double[] columns = new double[40];
    for (int k = 0; k < from.length; k++) {
      from[k] = 1 + k;
    }
    for (int k = 0; k < columns.length; k++) {
      columns[k] = 1 + 0.01 * k;
    }
    double[] block = new double[3 * 16];
    BlockLoops.evolve(from, 10, 50, 16, columns, 16, new double[] {1, 2, 3}, 0.5, block);
    for (int row = 0; row < 3; row++) {
      for (int k = 0; k < 16; k++) {
        double expected = (11 + 50 * row + k) * (1 + 0.01 * (16 + k)) * (row + 1) * 0.5;
        assertEquals(expected, block[row * 16 + k], 1e-12 * expected);
      }
    }
  }

  @Test
  void rowsBecomeColumnsAndBack() {
    double[] rows = new double[5 + 16 * 32];
    for (int k = 0; k < rows.length; k++) {
      rows[k] = k;
    }
    double[] block = new double[16 * 32];
    BlockLoops.rowsToColumns(rows, 5, 32, block);
    for (int k = 0; k < 16; k++) {
      for (int i = 0; i < 32; i++) {
        assertEquals(5 + k * 32 + i, block[i * 16 + k]);
      }
    }
    double[] back = new double[rows.length];
    BlockLoops.columnsToRows(block, back, 5, 32);
    for (int k = 5; k < rows.length; k++) {
      assertEquals(rows[k], back[k]);
    }
  }
}
