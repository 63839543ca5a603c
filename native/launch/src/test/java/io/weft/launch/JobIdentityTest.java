package io.weft.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What schedulers say of a job. */
class JobIdentityTest {
  @Test
  @DisplayName("Slurm's: the count of restarts is there from the first restart on")
  void slurm() {
    Map<String, String> first = Map.of("SLURM_CLUSTER_NAME", "hpc", "SLURM_JOB_ID", "17");
    assertEquals(new JobIdentity("hpc", "17", 0), JobIdentity.of(first));
    Map<String, String> second =
        Map.of("SLURM_CLUSTER_NAME", "hpc", "SLURM_JOB_ID", "17", "SLURM_RESTART_COUNT", "1");
    assertEquals("hpc-17-1", JobIdentity.of(second).fileName());
    assertEquals("hpc,17,1", JobIdentity.of(second).argument());
    assertTrue(JobIdentity.of(second).isOfScheduler());
  }

  @Test
  @DisplayName("AWS Batch's: all nodes of a job are one job")
  void batch() {
    Map<String, String> node =
        Map.of(
            "AWS_BATCH_JQ_NAME",
            "efa_queue",
            "AWS_BATCH_JOB_ID",
            "8bbd8e60-5a0a-4f9e-8f4c-2d8f1b6ef6a1#3",
            "AWS_BATCH_JOB_ATTEMPT",
            "2");
    assertEquals(
        new JobIdentity("efa_queue", "8bbd8e60-5a0a-4f9e-8f4c-2d8f1b6ef6a1", 2),
        JobIdentity.of(node));
  }

  @Test
  @DisplayName("none without a scheduler")
  void local() {
    assertEquals(new JobIdentity("local", "", 0), JobIdentity.of(Map.of()));
    assertFalse(JobIdentity.of(Map.of("SLURM_CLUSTER_NAME", "hpc")).isOfScheduler());
  }

  @ParameterizedTest
  @CsvSource({
    "../up, 1, 0, the cluster '../up'",
    "a/b, 1, 0, the cluster 'a/b'",
    "hpc, ../1, 0, the job '../1'",
    "hpc, 1 2, 0, the job '1 2'",
    "hpc, 1, -1, the attempt -1",
    "hpc, 1, once, SLURM_RESTART_COUNT=once is no number"
  })
  @DisplayName("what could leave a folder, or is no number, is refused by name")
  void refused(String cluster, String job, String attempt, String words) {
    Map<String, String> environment =
        Map.of("SLURM_CLUSTER_NAME", cluster, "SLURM_JOB_ID", job, "SLURM_RESTART_COUNT", attempt);
    LaunchException refused =
        assertThrows(LaunchException.class, () -> JobIdentity.of(environment));
    assertTrue(refused.getMessage().contains(words), refused::getMessage);
    assertTrue(refused.getMessage().contains("SLURM_JOB_ID"), refused::getMessage);
  }
}
