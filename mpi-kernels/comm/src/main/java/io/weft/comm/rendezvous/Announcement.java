package io.weft.comm.rendezvous;

import io.weft.comm.CommunicatorException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What rank 0 tells the others through the launcher: {@code
 * weft1,PORT,SECRET,ADDRESS[,ADDRESS]...}. PMI-1 allows neither spaces nor equals signs in it.
 *
 * @param hosts the IPv4 addresses at which it can be tried
 * @param port where it listens
 * @param secret the job's, {@value #SECRET_BYTES} bytes
 */
record Announcement(List<String> hosts, int port, byte[] secret) {
  static final int SECRET_BYTES = 32;

  /** The most addresses; all fit into what MPICH allows, 1024 bytes. */
  static final int MOST_HOSTS = 16;

  private static final String FORMAT = "weft1";
  private static final int FIRST_HOST = 3;
  private static final int LARGEST_PORT = 65_535;

  String text() {
    return FORMAT
        + ","
        + port
        + ","
        + HexFormat.of().formatHex(secret)
        + ","
        + String.join(",", hosts);
  }

  /**
   * Takes it apart again.
   *
   * @param text what the launcher gave
   * @throws CommunicatorException if this is not what rank 0 of this version says
   */
  static Announcement parse(String text) {
    String[] parts = text.split(",", -1);
    int hosts = parts.length - FIRST_HOST;
    if (hosts < 1
        || hosts > MOST_HOSTS
        || !parts[0].equals(FORMAT)
        || !parts[1].matches("[1-9]\\d{0,4}")
        || Integer.parseInt(parts[1]) > LARGEST_PORT
        || !parts[2].matches("[0-9a-f]{" + 2 * SECRET_BYTES + "}")) {
      throw wrong(text);
    }
    List<String> addresses = Arrays.asList(parts).subList(FIRST_HOST, parts.length);
    for (String address : addresses) {
      // Names would be looked up, and are not sent.
      if (!address.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
        throw wrong(text);
      }
    }
    return new Announcement(
        List.copyOf(addresses), Integer.parseInt(parts[1]), HexFormat.of().parseHex(parts[2]));
  }

  private static CommunicatorException wrong(String text) {
    return new CommunicatorException(
        "what the launcher gives as rank 0's address is none: " + Quoted.of(text));
  }

  /** Says nothing of the secret. */
  @Override
  public String toString() {
    return String.join(" or ", hosts) + ", port " + port;
  }
}
