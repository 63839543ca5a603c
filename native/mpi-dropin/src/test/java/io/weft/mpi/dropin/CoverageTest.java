package io.weft.mpi.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weft.testing.UncalledMethods;
import java.io.IOException;
import java.util.List;
import mpi.MPI;
import org.junit.jupiter.api.Test;

class CoverageTest {
  @Test
  void everyPublicMethodIsCalledByATest() throws IOException {
    assertEquals(List.of(), UncalledMethods.of(MPI.class, CoverageTest.class));
  }
}
