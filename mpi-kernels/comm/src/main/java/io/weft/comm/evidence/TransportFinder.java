package io.weft.comm.evidence;

import io.weft.comm.Transport;
import io.weft.fabric.EmulatedEfa;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Concludes from the evidence of all ranks, taken before and after a probe, which way messages
 * take. In the probe each rank sends {@code probeBytes} to the next and to the one before it.
 *
 * <p>A pair of ranks went over TCP if a connection between the two carried the probe; over EFA if
 * none did and the EFA devices of the sender's host counted it; through shared memory if neither
 * did and both have mapped the same writable memory. Whatever is left is {@code unknown}.
 *
 * <p>A device counts for all ranks of its host. So its count is first held against what the host's
 * ranks sent to other hosts, and only what is counted beyond that can have gone to their own.
 */
public final class TransportFinder {
  private final List<RankEvidence> before;
  private final List<RankEvidence> after;
  private final long probeBytes;
  private final Set<String> between = new TreeSet<>();
  private final Set<String> within = new TreeSet<>();
  private final Set<String> devices = new TreeSet<>();
  private final Set<String> efaCounted = new TreeSet<>();
  private final List<String> evidence = new ArrayList<>();

  private TransportFinder(List<RankEvidence> before, List<RankEvidence> after, long probeBytes) {
    this.before = before;
    this.after = after;
    this.probeBytes = probeBytes;
  }

  /**
   * Concludes.
   *
   * @param via the axis value
   * @param library the library's name and version
   * @param before each rank's evidence before the probe, in rank order
   * @param after each rank's evidence after it
   * @param probeBytes what each rank sent to each neighbour in between
   * @return the finding; the same on every rank that has the same evidence
   */
  public static Transport find(
      String via,
      String library,
      List<RankEvidence> before,
      List<RankEvidence> after,
      long probeBytes) {
    return new TransportFinder(before, after, probeBytes).conclude(via, library);
  }

  private Transport conclude(String via, String library) {
    int ranks = after.size();
    if (ranks == 1) {
      List<String> alone = List.of("one rank: nothing travels");
      return new Transport(via, library, "self", "none", plugins(), "none", "none", alone);
    }
    for (int rank = 0; rank < ranks; rank++) {
      pair(rank, next(rank));
    }
    totals();
    String intra = within.isEmpty() ? "none" : String.join("+", within);
    String network = between.isEmpty() ? intra : String.join("+", between);
    return new Transport(
        via,
        library,
        network,
        intra,
        plugins(),
        protocol(),
        devices.isEmpty() ? "none" : String.join(", ", devices),
        evidence);
  }

  private void pair(int from, int to) {
    boolean oneHost = areOnOneHost(from, to);
    String found = tcp(from, to, oneHost);
    if (found == null) {
      found = efa(from, oneHost);
    }
    if (found == null && oneHost) {
      found = sharedMemory(from, to);
    }
    if (found == null) {
      found = Transport.UNKNOWN;
      note(from, to, "no socket, device counter or shared memory accounts for the probe");
    }
    (oneHost ? within : between).add(found);
  }

  private int next(int rank) {
    return (rank + 1) % after.size();
  }

  private int previous(int rank) {
    return (rank + after.size() - 1) % after.size();
  }

  private boolean areOnOneHost(int one, int other) {
    return after.get(one).host().equals(after.get(other).host());
  }

  private String tcp(int from, int to, boolean oneHost) {
    TcpConnection carrier = carrier(from, to);
    if (carrier == null) {
      return null;
    }
    // Between processes of one host the kernel uses the loopback, whatever the address.
    String networkInterface = oneHost ? "lo" : carrier.networkInterface();
    String driver = oneHost ? "lo" : carrier.driver();
    devices.add(networkInterface + " (driver " + driver + ")");
    note(
        from,
        to,
        bytesOverTcp(from, to) + " bytes of a " + probeBytes + " byte probe over TCP sockets");
    return driver.equals("ena") ? "ena" : "tcp (" + driver + ")";
  }

  /** The connection that carried the probe, or most lately some of it; null if none did. */
  private TcpConnection carrier(int from, int to) {
    if (bytesOverTcp(from, to) < probeBytes) {
      return null;
    }
    TcpConnection carrier = null;
    for (TcpConnection connection : after.get(from).connections()) {
      boolean carried = connection.bytesSent() > sentBefore(from, connection);
      if (isTo(connection, to) && (carrier == null || carried)) {
        carrier = connection;
      }
    }
    return carrier;
  }

  private long bytesOverTcp(int from, int to) {
    long bytes = 0;
    for (TcpConnection connection : after.get(from).connections()) {
      if (isTo(connection, to)) {
        bytes += connection.bytesSent() - sentBefore(from, connection);
      }
    }
    return bytes;
  }

  /** A connection's other end must be a socket of the other rank. */
  private boolean isTo(TcpConnection connection, int to) {
    return after.get(to).connections().stream()
        .anyMatch(
            other ->
                other.local().equals(connection.remote())
                    && other.remote().equals(connection.local()));
  }

  private long sentBefore(int rank, TcpConnection connection) {
    for (TcpConnection earlier : before.get(rank).connections()) {
      if (earlier.local().equals(connection.local())
          && earlier.remote().equals(connection.remote())) {
        return earlier.bytesSent();
      }
    }
    return 0;
  }

  private String efa(int from, boolean oneHost) {
    String host = after.get(from).host();
    long counted = 0;
    Set<String> counting = new TreeSet<>();
    for (String device : devicesOf(host)) {
      long bytes = countedBy(device, host);
      counted += bytes;
      if (bytes > 0) {
        counting.add(device);
      }
    }
    long needed = probesNotOverTcp(host, false) + (oneHost ? probesNotOverTcp(host, true) : 0);
    if (counted < needed * probeBytes) {
      return null;
    }
    boolean emulated = counting.stream().anyMatch(name -> name.startsWith(EmulatedEfa.NAME));
    counting.forEach(
        name ->
            devices.add(
                name.startsWith(EmulatedEfa.NAME) ? EmulatedEfa.NAME : name + " (driver efa)"));
    if (efaCounted.add(host)) {
      evidence.add(
          "rank %d's host: %s counted %d bytes sent, for %d probes of %d bytes"
              .formatted(from, String.join(", ", counting), counted, needed, probeBytes));
    }
    return emulated ? Transport.EMULATED_EFA : "efa";
  }

  private Set<String> devicesOf(String host) {
    Set<String> all = new TreeSet<>();
    for (RankEvidence rank : after) {
      if (rank.host().equals(host)) {
        all.addAll(rank.efaBytesSent().keySet());
      }
    }
    return all;
  }

  /** What a device of a host sent during the probe, as the last of the host's ranks saw it. */
  private long countedBy(String device, String host) {
    long most = 0;
    for (int rank = 0; rank < after.size(); rank++) {
      Long count = after.get(rank).efaBytesSent().get(device);
      if (after.get(rank).host().equals(host) && count != null) {
        most = Math.max(most, count - before.get(rank).efaBytesSent().getOrDefault(device, 0L));
      }
    }
    return most;
  }

  /** How many probes ranks of a host sent to other hosts, or among themselves, but not by TCP. */
  private int probesNotOverTcp(String host, boolean within) {
    int probes = 0;
    for (int rank = 0; rank < after.size(); rank++) {
      if (after.get(rank).host().equals(host)) {
        for (int peer : Set.copyOf(List.of(next(rank), previous(rank)))) {
          boolean counts = areOnOneHost(rank, peer) == within && carrier(rank, peer) == null;
          probes += counts ? 1 : 0;
        }
      }
    }
    return probes;
  }

  private String sharedMemory(int from, int to) {
    Set<String> common = new TreeSet<>(after.get(from).files().sharedRegions());
    common.retainAll(after.get(to).files().sharedRegions());
    if (common.isEmpty()) {
      return null;
    }
    note(
        from,
        to,
        "no socket carried the probe, and both map " + common.iterator().next().split(" ", 2)[1]);
    return "shm";
  }

  /** The whole run: sockets between ranks against what the messages needed. */
  private void totals() {
    long payload = 0;
    long carried = 0;
    for (int rank = 0; rank < after.size(); rank++) {
      payload += after.get(rank).payloadBytes();
      for (TcpConnection connection : after.get(rank).connections()) {
        int self = rank;
        boolean toRank =
            IntStream.range(0, after.size())
                .anyMatch(peer -> peer != self && isTo(connection, peer));
        carried += toRank ? connection.bytesSent() : 0;
      }
    }
    evidence.add(
        "since the start: messages needed "
            + payload
            + " bytes or more; TCP sockets between ranks carried "
            + carried);
  }

  private String plugins() {
    Set<String> all = new TreeSet<>();
    after.forEach(rank -> all.addAll(rank.files().plugins()));
    // One-sided plug-ins carry none of these messages.
    all.removeIf(name -> name.startsWith("osc_"));
    return all.isEmpty() ? Transport.UNKNOWN : String.join(" ", all);
  }

  private String protocol() {
    for (String plugin : after.get(0).files().plugins()) {
      if (plugin.startsWith("pml_")) {
        return plugin.substring("pml_".length());
      }
      if (plugin.equals("ucp")) {
        return "ucp";
      }
    }
    return Transport.UNKNOWN;
  }

  private void note(int from, int to, String what) {
    evidence.add("rank " + from + " to " + to + ": " + what);
  }
}
