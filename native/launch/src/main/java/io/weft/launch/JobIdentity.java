package io.weft.launch;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which job of which scheduler this is: what Slurm or AWS Batch say of it, the same on all of its
 * nodes.
 *
 * @param cluster Slurm's cluster or the job queue of AWS Batch; {@value #LOCAL} outside of both
 * @param jobId the scheduler's number of the job; empty outside of both
 * @param attempt counts how often the scheduler started the job, from 0 with Slurm and from 1 with
 *     AWS Batch; 0 outside of both
 */
public record JobIdentity(String cluster, String jobId, int attempt) {
  /** The cluster where no scheduler started the process. */
  public static final String LOCAL = "local";

  private static final String SLURM_CLUSTER = "SLURM_CLUSTER_NAME";
  private static final String SLURM_JOB = "SLURM_JOB_ID";
  private static final String SLURM_ATTEMPT = "SLURM_RESTART_COUNT";
  private static final String BATCH_QUEUE = "AWS_BATCH_JQ_NAME";
  private static final String BATCH_JOB = "AWS_BATCH_JOB_ID";
  private static final String BATCH_ATTEMPT = "AWS_BATCH_JOB_ATTEMPT";

  /** Both become parts of file names: no slash, and no leading dot. */
  private static final Pattern CLUSTER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

  /** A child of AWS Batch's array jobs has a colon and its index behind the job's own. */
  private static final Pattern JOB = Pattern.compile("([A-Za-z0-9_][A-Za-z0-9_:-]{0,127})?");

  private static final int MOST_ATTEMPTS = 1_000_000;

  /**
   * Refuses what could not be part of a file name.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  public JobIdentity {
    if (!CLUSTER.matcher(cluster).matches()) {
      throw new IllegalArgumentException(
          "the cluster '" + cluster + "' has other characters than A-Z a-z 0-9 . _ -, or too many");
    }
    if (!JOB.matcher(jobId).matches()) {
      throw new IllegalArgumentException(
          "the job '" + jobId + "' has other characters than A-Z a-z 0-9 _ : -, or too many");
    }
    if (attempt < 0 || attempt > MOST_ATTEMPTS) {
      throw new IllegalArgumentException(
          "the attempt " + attempt + " is not within 0 and " + MOST_ATTEMPTS);
    }
  }

  /**
   * What the scheduler says in the environment.
   *
   * @param environment the process's variables
   * @return the job; {@value #LOCAL} without one
   * @throws LaunchException if a variable is not what the scheduler writes
   */
  public static JobIdentity of(Map<String, String> environment) {
    try {
      if (environment.containsKey(SLURM_JOB)) {
        // slurmctld knows no job without a cluster's name, but salloc's shell may be stripped of
        // it.
        return new JobIdentity(
            environment.getOrDefault(SLURM_CLUSTER, "slurm"),
            environment.get(SLURM_JOB),
            attempt(environment, SLURM_ATTEMPT));
      }
      if (environment.containsKey(BATCH_JOB)) {
        return new JobIdentity(
            environment.getOrDefault(BATCH_QUEUE, "batch"),
            environment.get(BATCH_JOB).replaceFirst("#\\d+$", ""),
            attempt(environment, BATCH_ATTEMPT));
      }
    } catch (IllegalArgumentException wrong) {
      throw new LaunchException(
          wrong.getMessage()
              + ": Slurm sets "
              + String.join(", ", SLURM_CLUSTER, SLURM_JOB, SLURM_ATTEMPT)
              + ", AWS Batch "
              + String.join(", ", BATCH_QUEUE, BATCH_JOB, BATCH_ATTEMPT)
              + "; unset or mend what is wrong");
    }
    return new JobIdentity(LOCAL, "", 0);
  }

  /**
   * Says whether a scheduler started the process.
   *
   * @return false outside of Slurm and AWS Batch
   */
  public boolean isOfScheduler() {
    return !jobId.isEmpty();
  }

  /**
   * The job as part of a file name.
   *
   * @return {@code cluster-jobId-attempt}
   */
  public String fileName() {
    return cluster + "-" + jobId + "-" + attempt;
  }

  /**
   * The job as one argument of a command.
   *
   * @return {@code cluster,jobId,attempt}
   */
  public String argument() {
    return cluster + "," + jobId + "," + attempt;
  }

  private static int attempt(Map<String, String> environment, String name) {
    String value = environment.get(name);
    try {
      return value == null ? 0 : Integer.parseInt(value);
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException(name + "=" + value + " is no number");
    }
  }
}
