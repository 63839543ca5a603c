package io.weft.launch;

import java.util.LinkedHashMap;
import java.util.Map;

/** On how many hosts a scheduler lets a launcher start ranks. */
public final class Allocation {
  /** Of the innermost first: a Slurm inside of a Batch job decides. */
  private static final Map<String, String> VARIABLES = variables();

  private static final int MOST_HOSTS = 1_000_000;

  private Allocation() {}

  private static Map<String, String> variables() {
    Map<String, String> result = new LinkedHashMap<>();
    result.put("SLURM_JOB_NUM_NODES", "Slurm");
    result.put("AWS_BATCH_JOB_NUM_NODES", "AWS Batch");
    return result;
  }

  /**
   * The hosts of Slurm's allocation, or the nodes of AWS Batch's multi-node parallel job.
   *
   * @param environment the process's variables
   * @return at least 1; 1 without a scheduler
   * @throws LaunchException if a scheduler's variable is no such number
   */
  public static int hosts(Map<String, String> environment) {
    for (Map.Entry<String, String> variable : VARIABLES.entrySet()) {
      String value = environment.get(variable.getKey());
      if (value != null && !value.isEmpty()) {
        return number(variable.getKey(), value, variable.getValue());
      }
    }
    return 1;
  }

  /**
   * Says whether all ranks are started on this host.
   *
   * @param environment the process's variables
   * @return false with several hosts
   * @throws LaunchException if a scheduler's variable is no number of hosts
   */
  public static boolean isOneHost(Map<String, String> environment) {
    return hosts(environment) == 1;
  }

  private static int number(String name, String value, String scheduler) {
    try {
      int hosts = Integer.parseInt(value);
      if (hosts >= 1 && hosts <= MOST_HOSTS) {
        return hosts;
      }
    } catch (NumberFormatException malformed) {
      // Told below, as for a number that cannot be.
    }
    throw new LaunchException(
        name
            + "="
            + value
            + " is no number of hosts; "
            + scheduler
            + " sets it: unset it where this is no job of "
            + scheduler);
  }
}
