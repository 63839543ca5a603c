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
 * @param program the Java program, or null for C
 * @param words what its arguments begin with
 */
record Way(
    String name,
    String table,
    Network network,
    int ranks,
    String source,
    JavaProgram program,
    List<String> words) {
  /**
   * What a JVM runs.
   *
   * @param main its main class
   * @param classPath what its class path begins with
   * @param options what only it needs of the JVM
   */
  record JavaProgram(String main, List<String> classPath, List<String> options) {
    static JavaProgram of(Class<?> main) {
      return new JavaProgram(main.getName(), List.of(), List.of());
    }
  }

  static Way c(String name, String table, Network network, int ranks, String source) {
    return new Way(name, table, network, ranks, source, null, List.of());
  }

  /** A communicator's; its program takes via, network, intra and provider first. */
  static Way communicator(
      JavaProgram program, String table, String via, Network network, int ranks, String provider) {
    String intra = network == Network.SHM ? "shm" : "same";
    List<String> words = List.of(via, network.toString(), intra, provider);
    return new Way("Java, ", table, network, ranks, null, program, words);
  }
}
