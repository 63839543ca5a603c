package io.weft.comm.fabric;

import io.weft.launch.Network;

/**
 * What a communicator over libfabric is opened with.
 *
 * @param network what messages cross: not {@link Network#AUTO}
 * @param provider the libfabric provider by its full name, or null for the usual one
 * @param bindAddress the IP address to bind to, for networks over TCP, or null to choose one
 * @param oneHost whether all ranks are on one host
 * @param timeoutNanos how long to wait without any progress before giving up; 0 for ever
 */
public record FabricSettings(
    Network network, String provider, String bindAddress, boolean oneHost, long timeoutNanos) {
  /** The environment variable that sets {@code timeoutNanos}, in seconds. */
  public static final String TIMEOUT_VARIABLE = "WEFT_TIMEOUT_SECONDS";

  private static final long DEFAULT_SECONDS = 120;

  /**
   * Says whether messages go through Weft's own rings instead of a libfabric provider.
   *
   * @return true for shared memory, unless a provider is named
   */
  boolean usesRings() {
    return network == Network.SHM
        && (provider == null
            || provider.equals(RingLink.PROVIDER)
            || provider.equals(RingLink.BY_PIECES)
            || provider.equals(RingLink.READING));
  }

  /**
   * The timeout that the environment asks for.
   *
   * @return nanoseconds, 0 for none
   * @throws IllegalArgumentException if the variable is no number of seconds
   */
  public static long timeoutOfEnvironment() {
    String text = System.getenv(TIMEOUT_VARIABLE);
    if (text == null || text.isBlank()) {
      return DEFAULT_SECONDS * 1_000_000_000L;
    }
    try {
      long seconds = Long.parseLong(text.strip());
      if (seconds >= 0 && seconds <= Long.MAX_VALUE / 1_000_000_000L) {
        return seconds * 1_000_000_000L;
      }
    } catch (NumberFormatException noNumber) {
      // The message below says it all.
    }
    throw new IllegalArgumentException(
        TIMEOUT_VARIABLE + " is \"" + text + "\": not a number of seconds, 0 or more");
  }
}
