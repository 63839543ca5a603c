package io.weft.launch;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a launcher tells a rank by environment variables, before any MPI library is loaded. */
public final class RankEnvironment {
  /** The tasks of a step, on all its nodes; not set in a batch script, which is no step of srun. */
  private static final String STEP_TASKS = "SLURM_STEP_NUM_TASKS";

  /** The tasks on each node of a step, such as {@code 4(x2),1}. */
  private static final String STEP_TASKS_PER_NODE = "SLURM_STEP_TASKS_PER_NODE";

  private static final Pattern TASKS = Pattern.compile("(\\d{1,6})(?:\\(x(\\d{1,6})\\))?");

  private RankEnvironment() {}

  /**
   * The family of the launcher that started this process.
   *
   * @param environment the process's variables
   * @return the family, or null if none of ours did
   */
  public static MpiVendor launcherOf(Map<String, String> environment) {
    if (environment.containsKey("OMPI_COMM_WORLD_RANK")) {
      return MpiVendor.OPEN_MPI;
    }
    // Hydra sets PMI_RANK alone; Slurm's PMI-2 plug-in sets it too and serves MPICH as well.
    if (environment.containsKey("PMI_RANK")) {
      return MpiVendor.MPICH;
    }
    return null;
  }

  /**
   * Says whether a launcher started this process as one rank of a job.
   *
   * @param environment the process's variables
   * @return true inside {@code mpirun}, or {@code srun} with PMIx or PMI-2
   */
  public static boolean isRank(Map<String, String> environment) {
    return launcherOf(environment) != null || environment.containsKey("PMIX_RANK");
  }

  /**
   * The number of ranks that the launcher says it started.
   *
   * @param environment the process's variables
   * @return the number, or -1 if it does not say
   */
  public static int size(Map<String, String> environment) {
    int size = number(environment, "OMPI_COMM_WORLD_SIZE", "PMI_SIZE");
    // srun's PMIx says it over its socket only, but srun itself says it too.
    return size < 0 && isRank(environment) ? number(environment, STEP_TASKS) : size;
  }

  /**
   * The number of ranks on this host.
   *
   * @param environment the process's variables
   * @return the number, or -1 if the launcher does not say
   */
  public static int localSize(Map<String, String> environment) {
    int size = number(environment, "OMPI_COMM_WORLD_LOCAL_SIZE", "MPI_LOCALNRANKS");
    return size < 0 && isRank(environment) ? localTasks(environment) : size;
  }

  /**
   * This process's rank as the launcher counts.
   *
   * @param environment the process's variables
   * @return the rank, or -1 if the launcher does not say
   */
  public static int rank(Map<String, String> environment) {
    return number(environment, "OMPI_COMM_WORLD_RANK", "PMI_RANK", "PMIX_RANK");
  }

  /**
   * Takes away what makes a process believe that it is a rank.
   *
   * @param environment the variables of a process to start; changed
   */
  public static void removeFrom(Map<String, String> environment) {
    environment
        .keySet()
        .removeIf(
            name ->
                name.startsWith("OMPI_COMM_WORLD_")
                    || name.startsWith("PMIX_")
                    || name.startsWith("PMI_")
                    || name.startsWith("HYDI_")
                    || name.startsWith("MPI_LOCAL")
                    || name.startsWith("OMPI_MCA_orte_")
                    || name.startsWith("OMPI_MCA_ess"));
  }

  /**
   * The tasks that {@code srun} started without anything that tells them apart for MPI.
   *
   * @param environment the process's variables
   * @return how many; 0 if there is one at most, or if they are ranks
   */
  public static int tasksWithoutMpi(Map<String, String> environment) {
    int tasks = isRank(environment) ? 0 : number(environment, STEP_TASKS);
    return tasks > 1 ? tasks : 0;
  }

  /** How many of srun's tasks are on this node. */
  private static int localTasks(Map<String, String> environment) {
    String list = environment.get(STEP_TASKS_PER_NODE);
    int node = number(environment, "SLURM_NODEID");
    if (list == null || node < 0) {
      return -1;
    }
    int before = 0;
    for (String part : list.split(",")) {
      Matcher tasks = TASKS.matcher(part);
      if (!tasks.matches()) {
        throw new LaunchException(
            STEP_TASKS_PER_NODE + "=" + list + " is not as Slurm writes it; start through srun");
      }
      before += tasks.group(2) == null ? 1 : Integer.parseInt(tasks.group(2));
      if (node < before) {
        return Integer.parseInt(tasks.group(1));
      }
    }
    return -1;
  }

  private static int number(Map<String, String> environment, String... names) {
    for (String name : names) {
      String value = environment.get(name);
      if (value != null) {
        try {
          return Integer.parseInt(value);
        } catch (NumberFormatException malformed) {
          throw new LaunchException(name + "=" + value + " is no number; start through mpirun");
        }
      }
    }
    return -1;
  }
}
