package io.weft.mpi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.weft.mpi.CommProcesses.Program;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What needs no MPI: values hold what they were made of, and refuse what cannot be. */
class ValuesTest {
  @Test
  void aProgramKeepsItsOwnArguments() {
    List<String> arguments = new ArrayList<>(List.of("a", "b c"));
    Program program = new Program("solve", arguments, 3, null);
    arguments.clear();
    assertEquals("solve", program.command());
    assertEquals(List.of("a", "b c"), program.arguments());
    assertEquals(3, program.processes());
    assertNull(program.info());
    assertEquals(
        "processes is 0, less than 1",
        assertThrows(IllegalArgumentException.class, () -> new Program("solve", List.of(), 0, null))
            .getMessage());
  }

  @Test
  void neighboursAreTheOnesGiven() {
    CartTopology.Shift shift = new CartTopology.Shift(4, 2);
    assertEquals(4, shift.source());
    assertEquals(2, shift.destination());
    DistGraphNeighbors all =
        new DistGraphNeighbors(new int[] {1, 2}, null, new int[] {3}, new int[] {9});
    assertArrayEquals(new int[] {1, 2}, all.sources());
    assertNull(all.sourceWeights());
    assertArrayEquals(new int[] {3}, all.destinations());
    assertArrayEquals(new int[] {9}, all.destinationWeights());
  }

  @Test
  void anExceptionSaysWhatItWasTold() {
    assertEquals("no libmpi", new MpiUnavailableException("no libmpi").getMessage());
  }
}
