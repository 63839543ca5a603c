package io.weft.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What launchers say; the variables are those that Slurm 22.05 was seen to set (srun(1)). */
class RankEnvironmentTest {
  private static Map<String, String> step(String node, String tasksPerNode) {
    Map<String, String> step = new HashMap<>();
    step.put("SLURM_STEP_NUM_TASKS", "9");
    step.put("SLURM_STEP_TASKS_PER_NODE", tasksPerNode);
    step.put("SLURM_NODEID", node);
    return step;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"0;4(x2),1;4", "1;4(x2),1;4", "2;4(x2),1;1", "0;9;9", "3;4(x2),1;-1"})
  @DisplayName("srun's tasks on a node, as its list says")
  void localSize(String node, String list, int expected) {
    Map<String, String> step = step(node, list);
    step.put("PMIX_RANK", "3");
    assertEquals(expected, RankEnvironment.localSize(step));
    assertEquals(9, RankEnvironment.size(step));
    assertEquals(3, RankEnvironment.rank(step));
    assertEquals(0, RankEnvironment.tasksWithoutMpi(step));
  }

  @Test
  @DisplayName("mpirun's word counts, though its daemons are tasks of srun")
  void mpirun() {
    Map<String, String> rank = step("1", "1(x2)");
    rank.put("OMPI_COMM_WORLD_RANK", "2");
    rank.put("OMPI_COMM_WORLD_SIZE", "4");
    rank.put("OMPI_COMM_WORLD_LOCAL_SIZE", "2");
    assertEquals(4, RankEnvironment.size(rank));
    assertEquals(2, RankEnvironment.localSize(rank));
  }

  @Test
  @DisplayName("tasks of srun without a plug-in for MPI are no ranks")
  void without() {
    assertEquals(9, RankEnvironment.tasksWithoutMpi(step("0", "9")));
    assertEquals(0, RankEnvironment.tasksWithoutMpi(Map.of("SLURM_STEP_NUM_TASKS", "1")));
    assertEquals(0, RankEnvironment.tasksWithoutMpi(Map.of("SLURM_JOB_ID", "1")));
    assertEquals(-1, RankEnvironment.localSize(step("0", "9")));
  }

  @Test
  @DisplayName("a list that Slurm does not write is refused")
  void malformed() {
    Map<String, String> step = step("0", "four");
    step.put("PMIX_RANK", "0");
    LaunchException refused =
        assertThrows(LaunchException.class, () -> RankEnvironment.localSize(step));
    assertTrue(refused.getMessage().contains("SLURM_STEP_TASKS_PER_NODE=four"));
  }
}
