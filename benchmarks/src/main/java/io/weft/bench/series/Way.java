package io.weft.bench.series;

import io.weft.launch.Network;
import java.util.List;

/**
 * A program that a series measures.
 *
 * @param name the heading of its column
 * @param table the table it belongs to; within one, C over Open MPI is what others are compared
 *     with
 * @param network what its messages cross
 * @param ranks how many
 * @param source the C source, or null for Java
 * @param words what its arguments begin with
 */
record Way(
    String name, String table, Network network, int ranks, String source, List<String> words) {
  static Way c(String name, String table, Network network, int ranks, String source) {
    return new Way(name, table, network, ranks, source, List.of());
  }

  static Way java(
      String name, String table, String via, Network network, int ranks, String provider) {
    String intra = network == Network.SHM ? "shm" : "same";
    return new Way(
        "Java, " + name,
        table,
        network,
        ranks,
        null,
        List.of(via, network.toString(), intra, provider));
  }
}
