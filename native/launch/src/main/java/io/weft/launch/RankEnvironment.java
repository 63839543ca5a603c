package io.weft.launch;

import java.util.Map;

/** What a launcher tells a rank by environment variables, before any MPI library is loaded. */
public final class RankEnvironment {
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
    return number(environment, "OMPI_COMM_WORLD_SIZE", "PMI_SIZE");
  }

  /**
   * The number of ranks on this host.
   *
   * @param environment the process's variables
   * @return the number, or -1 if the launcher does not say
   */
  public static int localSize(Map<String, String> environment) {
    return number(environment, "OMPI_COMM_WORLD_LOCAL_SIZE", "MPI_LOCALNRANKS");
  }

  /**
   * This process's rank as the launcher counts.
   *
   * @param environment the process's variables
   * @return the rank, or -1 if the launcher does not say
   */
  public static int rank(Map<String, String> environment) {
    return number(environment, "OMPI_COMM_WORLD_RANK", "PMI_RANK");
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
