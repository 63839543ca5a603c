package io.weft.comm.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Evidence of ranks, made up piece by piece; {@link #of} takes it as it stands. */
final class Ranks {
  private final List<String> hosts;
  private final List<List<TcpConnection>> connections = new ArrayList<>();
  private final List<Set<String>> plugins = new ArrayList<>();
  private final List<Set<String>> regions = new ArrayList<>();
  private final Map<String, Map<String, Long>> efa = new TreeMap<>();
  private final List<Long> payloads = new ArrayList<>();

  Ranks(String... hosts) {
    this.hosts = List.of(hosts);
    for (String host : hosts) {
      connections.add(new ArrayList<>());
      plugins.add(new TreeSet<>());
      regions.add(new TreeSet<>());
      payloads.add(0L);
      efa.put(host, new TreeMap<>());
    }
  }

  /** Two ends of a connection; what one has sent the other has received. */
  Ranks tcp(int a, int b, String networkInterface, String driver, long aSent, long bSent) {
    String endA = "0100000A:" + (1000 + 16 * a + b);
    String endB = "0200000A:" + (2000 + 16 * a + b);
    replace(a, new TcpConnection(endA, endB, networkInterface, driver, aSent, bSent));
    replace(b, new TcpConnection(endB, endA, networkInterface, driver, bSent, aSent));
    return this;
  }

  private void replace(int rank, TcpConnection connection) {
    connections.get(rank).removeIf(old -> old.local().equals(connection.local()));
    connections.get(rank).add(connection);
  }

  /** A connection whose other end is nobody's here, such as the launcher. */
  Ranks foreignTcp(int rank, long sent) {
    replace(rank, new TcpConnection("0100007F:9999", "0100007F:8888", "lo", "lo", sent, sent));
    return this;
  }

  Ranks plugin(String name) {
    plugins.forEach(set -> set.add(name));
    return this;
  }

  Ranks shared(String region, int... ranks) {
    for (int rank : ranks) {
      regions.get(rank).add(region);
    }
    return this;
  }

  Ranks efa(String host, String device, long bytes) {
    efa.get(host).put(device, bytes);
    return this;
  }

  Ranks payload(int rank, long bytes) {
    payloads.set(rank, bytes);
    return this;
  }

  List<RankEvidence> of() {
    List<RankEvidence> result = new ArrayList<>();
    for (int rank = 0; rank < hosts.size(); rank++) {
      result.add(
          new RankEvidence(
              hosts.get(rank),
              connections.get(rank),
              new MappedFiles(plugins.get(rank), regions.get(rank)),
              efa.get(hosts.get(rank)),
              payloads.get(rank)));
    }
    return result;
  }
}
