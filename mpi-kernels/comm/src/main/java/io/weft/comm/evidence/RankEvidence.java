package io.weft.comm.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one rank found about itself; travels between ranks as text.
 *
 * @param host the boot id of the rank's kernel and its network namespace: equal for ranks that
 *     share memory and a loopback interface
 * @param connections its TCP sockets
 * @param files what it has mapped
 * @param efaBytesSent its host's EFA devices and their counters
 * @param payloadBytes the least that its messages needed to cross to other ranks
 */
public record RankEvidence(
    String host,
    List<TcpConnection> connections,
    MappedFiles files,
    Map<String, Long> efaBytesSent,
    long payloadBytes) {
  /** Copies what could change. */
  public RankEvidence {
    connections = List.copyOf(connections);
    efaBytesSent = Map.copyOf(efaBytesSent);
  }

  /**
   * Looks at this process.
   *
   * @param payloadBytes the least that its messages needed to cross to other ranks
   * @return what is there now
   */
  public static RankEvidence ofThisProcess(long payloadBytes) {
    return new RankEvidence(
        Host.identity(),
        TcpConnections.ofThisProcess(),
        MappedFiles.ofThisProcess(),
        EfaCounters.bytesSent(),
        payloadBytes);
  }

  /**
   * The same for messages that do not go over MPI, though it started the ranks.
   *
   * @return without what MPI has mapped
   */
  public RankEvidence withoutMpi() {
    return new RankEvidence(host, connections, files.withoutMpi(), efaBytesSent, payloadBytes);
  }

  /**
   * The evidence as text.
   *
   * @return lines, each with its kind in front
   */
  public String encode() {
    StringBuilder text = new StringBuilder();
    line(text, "host", host);
    line(text, "payload", Long.toString(payloadBytes));
    for (TcpConnection c : connections) {
      line(
          text,
          "tcp",
          c.local(),
          c.remote(),
          c.networkInterface(),
          c.driver(),
          Long.toString(c.bytesSent()),
          Long.toString(c.bytesReceived()));
    }
    files.plugins().forEach(plugin -> line(text, "plugin", plugin));
    files.sharedRegions().forEach(region -> line(text, "shared", region));
    efaBytesSent.forEach((device, bytes) -> line(text, "efa", device, Long.toString(bytes)));
    return text.toString();
  }

  /**
   * The evidence that {@link #encode} wrote.
   *
   * @param text its lines
   * @return the evidence
   */
  public static RankEvidence decode(String text) {
    String host = "";
    long payload = 0;
    List<TcpConnection> connections = new ArrayList<>();
    Set<String> plugins = new TreeSet<>();
    Set<String> regions = new TreeSet<>();
    Map<String, Long> efa = new TreeMap<>();
    for (String line : text.lines().toList()) {
      String[] f = line.split("\t");
      switch (f[0]) {
        case "host" -> host = f[1];
        case "payload" -> payload = Long.parseLong(f[1]);
        case "tcp" ->
            connections.add(
                new TcpConnection(
                    f[1], f[2], f[3], f[4], Long.parseLong(f[5]), Long.parseLong(f[6])));
        case "plugin" -> plugins.add(f[1]);
        case "shared" -> regions.add(f[1]);
        case "efa" -> efa.put(f[1], Long.parseLong(f[2]));
        default -> throw new IllegalArgumentException("evidence of unknown kind: " + line);
      }
    }
    return new RankEvidence(host, connections, new MappedFiles(plugins, regions), efa, payload);
  }

  private static void line(StringBuilder text, String... fields) {
    text.append(String.join("\t", fields)).append('\n');
  }
}
