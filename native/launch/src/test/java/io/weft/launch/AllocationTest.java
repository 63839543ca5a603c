package io.weft.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllocationTest {
  @Test
  @DisplayName("without a scheduler there is one host")
  void none() {
    assertEquals(1, Allocation.hosts(Map.of("HOME", "/home/somebody")));
    assertEquals(1, Allocation.hosts(Map.of("AWS_BATCH_JOB_NUM_NODES", "")));
  }

  @Test
  @DisplayName("Slurm's nodes, AWS Batch's, and Slurm's inside of AWS Batch's")
  void schedulers() {
    assertEquals(3, Allocation.hosts(Map.of("SLURM_JOB_NUM_NODES", "3")));
    assertEquals(4, Allocation.hosts(Map.of("AWS_BATCH_JOB_NUM_NODES", "4")));
    assertEquals(
        1, Allocation.hosts(Map.of("SLURM_JOB_NUM_NODES", "1", "AWS_BATCH_JOB_NUM_NODES", "4")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"two", "0", "-1", "2.5", "99999999999"})
  @DisplayName("what is no number of hosts is refused, with who sets it")
  void malformed(String value) {
    LaunchException refused =
        assertThrows(
            LaunchException.class,
            () -> Allocation.hosts(Map.of("AWS_BATCH_JOB_NUM_NODES", value)));
    assertTrue(
        refused.getMessage().startsWith("AWS_BATCH_JOB_NUM_NODES=" + value), refused::getMessage);
    assertTrue(refused.getMessage().contains("AWS Batch sets it"), refused::getMessage);
  }
}
