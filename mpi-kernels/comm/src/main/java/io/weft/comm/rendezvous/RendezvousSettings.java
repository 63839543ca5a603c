package io.weft.comm.rendezvous;

import io.weft.comm.CommunicatorException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Where ranks meet, and who this one is.
 *
 * <p>{@value #ADDRESS} is the {@code HOST:PORT} of rank 0, and {@value #SECRET} the job's; or it is
 * {@value #LAUNCHER}, and rank 0 tells the others both through the launcher's key-value space (PMIx
 * or PMI-1), which also says rank and size.
 *
 * @param hosts where rank 0 listens: names or addresses, one of which every rank reaches
 * @param port its port
 * @param rank this process's
 * @param size the number of ranks
 * @param secret what all ranks of the job know, and nobody else
 * @param deadlineNanos how long to wait for the others to come
 * @param silenceNanos how long a rank may be silent before it counts as gone
 */
public record RendezvousSettings(
    List<String> hosts,
    int port,
    int rank,
    int size,
    byte[] secret,
    long deadlineNanos,
    long silenceNanos) {
  /** Where ranks meet; that it is set means that there is no MPI to find the others. */
  public static final String ADDRESS = "WEFT_RENDEZVOUS";

  /** The value of {@value #ADDRESS} that leaves address and secret to rank 0 and the launcher. */
  public static final String LAUNCHER = "launcher";

  /** What all ranks know, 16 characters or more; not looked at under {@value #LAUNCHER}. */
  public static final String SECRET = "WEFT_SECRET";

  /**
   * How long to wait for the others to come, default 60; under {@value #LAUNCHER} also for each
   * answer of it.
   */
  public static final String DEADLINE = "WEFT_START_SECONDS";

  /** How long a rank may be silent before it counts as gone; default 30. */
  public static final String SILENCE = "WEFT_PEER_TIMEOUT_SECONDS";

  private static final int SHORTEST_SECRET = 16;
  private static final long SECOND = 1_000_000_000L;

  /** Where launchers say it, the first that is set. */
  private static final String[] RANKS = {
    "WEFT_RANK", "OMPI_COMM_WORLD_RANK", "PMI_RANK", "PMIX_RANK", "SLURM_PROCID"
  };

  private static final String[] SIZES = {
    "WEFT_RANKS", "OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS", "SLURM_NTASKS"
  };

  /**
   * Reads the settings where the address is given.
   *
   * @param environment the process's
   * @return the settings; null if {@value #ADDRESS} is not set
   * @throws CommunicatorException if a variable is missing or wrong, with its name
   */
  public static RendezvousSettings of(Map<String, String> environment) {
    String address = environment.get(ADDRESS);
    if (address == null || address.isBlank()) {
      return null;
    }
    int colon = address.lastIndexOf(':');
    if (colon < 1) {
      throw wrong(ADDRESS, address, "HOST:PORT of rank 0, or " + LAUNCHER);
    }
    String host = address.substring(0, colon).replaceAll("^\\[|\\]$", "");
    int port = (int) number(ADDRESS, address.substring(colon + 1), 1, 65_535);
    int size = (int) first(environment, SIZES, 1, Integer.MAX_VALUE);
    int rank = (int) first(environment, RANKS, 0, size - 1L);
    String secret = environment.getOrDefault(SECRET, "");
    if (secret.length() < SHORTEST_SECRET) {
      throw new CommunicatorException(
          SECRET
              + " must be set to "
              + SHORTEST_SECRET
              + " characters or more, equal on all ranks");
    }
    return new RendezvousSettings(
        List.of(host),
        port,
        rank,
        size,
        secret.getBytes(StandardCharsets.UTF_8),
        deadlineNanos(environment),
        silenceNanos(environment));
  }

  static long deadlineNanos(Map<String, String> environment) {
    return seconds(environment, DEADLINE, "60");
  }

  static long silenceNanos(Map<String, String> environment) {
    return seconds(environment, SILENCE, "30");
  }

  private static long seconds(Map<String, String> environment, String name, String otherwise) {
    return number(name, environment.getOrDefault(name, otherwise), 1, 1_000_000) * SECOND;
  }

  private static long first(
      Map<String, String> environment, String[] names, long least, long most) {
    for (String name : names) {
      String value = environment.get(name);
      if (value != null && !value.isBlank()) {
        return number(name, value, least, most);
      }
    }
    throw new CommunicatorException(
        ADDRESS + " is set, but none of " + String.join(", ", names) + " is");
  }

  private static long number(String name, String text, long least, long most) {
    try {
      long value = Long.parseLong(text.strip());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException noNumber) {
      // The message below says it all.
    }
    throw wrong(name, text, "a number, " + least + " to " + most);
  }

  private static CommunicatorException wrong(String name, String value, String right) {
    return new CommunicatorException(name + " is \"" + value + "\": not " + right);
  }

  /** Where rank 0 listens, for messages. */
  String address() {
    return String.join(" or ", hosts) + ":" + port;
  }

  /** Says nothing of the secret. */
  @Override
  public String toString() {
    return "rank " + rank + " of " + size + " at " + address();
  }
}
