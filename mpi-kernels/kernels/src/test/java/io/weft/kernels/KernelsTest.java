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
    assertTrue(kernels.stream().anyMatch(kernel -> kernel.name().equals("cg")), kernels.toString());
    assertEquals(kernels.stream().sorted(Comparator.comparing(Kernel::name)).toList(), kernels);
    for (Kernel kernel : kernels) {
      assertEquals(kernel.name(), Kernels.named(kernel.name()).name());
      assertFalse(kernel.summary().endsWith("."), kernel.summary());
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

  private static String messageOf(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }
}
