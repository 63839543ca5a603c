package io.weft.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.MpiVendor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A class's cells beside what runs on them. */
class SampleTest {
  private static final int METHODS = 40;

  @MultiRank(sampled = {"MPICH", "ena"})
  private static final class Sampled {}

  private static Sample sample(boolean whole, long seed) {
    return new Sample(Sampled.class, Sampled.class.getAnnotation(MultiRank.class), whole, seed);
  }

  /** On which numbers of ranks each of the methods runs. */
  private static List<List<Integer>> runs(Sample sample, MpiVendor mpi, String variant) {
    List<List<Integer>> all = new ArrayList<>();
    for (int i = 0; i < METHODS; i++) {
      String method = "method" + i;
      all.add(
          IntStream.rangeClosed(1, 4)
              .filter(ranks -> sample.holds(new Cell(mpi, Variant.of(variant), ranks), method))
              .boxed()
              .toList());
    }
    return all;
  }

  @Test
  void eachMethodOfASampledCellRunsOnOneNumberOfRanks() {
    for (List<List<Integer>> runs :
        List.of(
            runs(sample(false, 1), MpiVendor.MPICH, "mpi/shm"),
            runs(sample(false, 1), MpiVendor.OPEN_MPI, "mpi/ena/same"))) {
      assertTrue(runs.stream().allMatch(one -> one.size() == 1), runs::toString);
      // Of 40 draws of three numbers one is left out in one of four million seeds.
      assertEquals(
          Set.of(2, 3, 4), runs.stream().flatMap(List::stream).collect(Collectors.toSet()));
    }
  }

  @Test
  void otherCellsAndLongRunsAreWhole() {
    List<List<Integer>> whole = new ArrayList<>();
    for (int i = 0; i < METHODS; i++) {
      whole.add(List.of(1, 2, 3, 4));
    }
    assertEquals(whole, runs(sample(false, 1), MpiVendor.OPEN_MPI, "mpi/shm"));
    assertEquals(whole, runs(sample(true, 1), MpiVendor.MPICH, "mpi/ena/same"));
  }

  @Test
  void theSeedDraws() {
    List<List<Integer>> first = runs(sample(false, 1), MpiVendor.MPICH, "mpi/shm");
    assertEquals(first, runs(sample(false, 1), MpiVendor.MPICH, "mpi/shm"));
    assertNotEquals(first, runs(sample(false, 2), MpiVendor.MPICH, "mpi/shm"));
    assertTrue(sample(false, 2).toString().contains("-Dweft.test.seed=2"));
  }
}
