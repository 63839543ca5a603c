package io.weft.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weft.testing.UncalledMethods;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoverageTest {
  @Test
  void everyPublicMethodIsCalledByATest() throws IOException {
    assertEquals(List.of(), UncalledMethods.of(Mpi.class, CoverageTest.class));
  }
}
