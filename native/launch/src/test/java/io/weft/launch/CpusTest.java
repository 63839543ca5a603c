package io.weft.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Lists of hardware threads. */
class CpusTest {
  @Test
  void listsAsTheKernelWritesThem() {
    assertEquals(Set.of(0, 1, 2, 3, 8), Cpus.parse("0-3,8\n"));
    assertEquals(Set.of(5), Cpus.parse("\t5"));
    assertEquals(Set.of(), Cpus.parse("\n"));
  }

  @Test
  void thisProcessMayRunSomewhere() {
    assertTrue(
        Cpus.parse(Cpus.allowedList()).size() >= Runtime.getRuntime().availableProcessors(),
        Cpus::allowedList);
  }
}
