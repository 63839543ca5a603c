package io.weft.kernels;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelsTest {
  @Test
  void findsEveryRegisteredKernelInOrderOfNames() {
    List<Kernel> kernels = Kernels.all();
    assertEquals(
        List.of("cg", "ep", "ft", "is", "jacobi2d", "mg"),
        kernels.stream().map(Kernel::name).toList());
    assertEquals(kernels.stream().sorted(Comparator.comparing(Kernel::name)).toList(), kernels);
    for (Kernel kernel : kernels) {
      assertEquals(kernel.name(), Kernels.named(kernel.name()).name());
      for (String line : List.of(kernel.summary(), kernel.communication())) {
        assertFalse(line.isBlank() || line.endsWith("."), line);
      }
    }
  }

  @Test
  void unknownNameListsTheNamesThereAre() {
    String message = messageOf(() -> Kernels.named("nonesuch"));
    assertTrue(message.startsWith("no kernel is named nonesuch; there are: "), message);
    assertTrue(message.contains("cg"), message);
  }

  @Test
  void unknownClassListsTheClassesThereAre() {
    Kernel cg = Kernels.named("cg");
    assertEquals("cg has no class X: S, W, A, B, C", messageOf(() -> Kernels.check(cg, "X", 1)));
    assertEquals(
        "cg has no class null: S, W, A, B, C", messageOf(() -> Kernels.check(cg, null, 1)));
  }

  @Test
  void illegalNumberOfRanksNamesTheNextLegalOnes() {
    Kernel cg = Kernels.named("cg");
    assertEquals(
        "cg runs on a power of two of ranks; 3 is none: use 2 or 4",
        messageOf(() -> Kernels.check(cg, "S", 3)));
    assertEquals(
        "cg runs on a power of two of ranks; 12 is none: use 8 or 16",
        messageOf(() -> Kernels.check(cg, "S", 12)));
    assertEquals(
        "cg runs on at least one rank, not on 0", messageOf(() -> Kernels.check(cg, "S", 0)));
    assertEquals(
        "cg runs on at least one rank, not on -4", messageOf(() -> Kernels.check(cg, "S", -4)));
    for (int ranks = 1; ranks <= 1024; ranks *= 2) {
      int legal = ranks;
      assertDoesNotThrow(() -> Kernels.check(cg, "S", legal));
    }
  }

  @Test
  void runAndMemoryRefuseWhatIsIllegal() {
    Kernel cg = Kernels.named("cg");
    assertEquals(
        "cg has no class X: S, W, A, B, C", messageOf(() -> cg.memoryPerRankBytes("X", 1)));
    assertEquals(
        "cg runs on a power of two of ranks; 3 is none: use 2 or 4",
        messageOf(
            () ->
                LocalCommunicator.onEachRank(
                    3, communicator -> cg.run(communicator, "S", Progress.NONE))));
  }

  @Test
  void everyClassSaysItsParametersMemoryAndOperations() {
    for (Kernel kernel : Kernels.all()) {
      assertEquals(
          List.of("S", "W", "A", "B", "C"),
          kernel.classes().stream().map(ProblemClass::name).toList());
      double operations = 0;
      for (ProblemClass one : kernel.classes()) {
        assertFalse(one.parameters().isBlank());
        assertTrue(one.operations() > operations, "larger classes have more to do: " + one);
        operations = one.operations();
        assertTrue(kernel.memoryPerRankBytes(one.name(), 1) > 0);
      }
    }
  }

  @Test
  void rulesAllowWhatTheySay() {
    for (int ranks : new int[] {Integer.MIN_VALUE, -1, 0}) {
      assertFalse(RankRule.ANY.allows(ranks));
      assertFalse(RankRule.POWER_OF_TWO.allows(ranks));
    }
    for (int ranks = 1; ranks < 100; ranks++) {
      assertTrue(RankRule.ANY.allows(ranks));
      assertEquals(
          List.of(1, 2, 4, 8, 16, 32, 64).contains(ranks), RankRule.POWER_OF_TWO.allows(ranks));
    }
  }

  private static String messageOf(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }
}
