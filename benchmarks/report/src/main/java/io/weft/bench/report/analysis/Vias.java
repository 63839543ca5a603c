package io.weft.bench.report.analysis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The libraries that messages go through, by the words of the command line. */
public final class Vias {
  /** Each Java way and the same operation in C that it is held against. */
  static final Map<String, String> BASELINES = baselines();

  private static final Map<String, String> MEANINGS = meanings();

  private Vias() {}

  private static Map<String, String> baselines() {
    Map<String, String> result = new LinkedHashMap<>();
    result.put("mpi", "c-mpi");
    result.put("libfabric", "c-libfabric");
    result.put("openmpi-java", "c-mpi");
    return result;
  }

  private static Map<String, String> meanings() {
    Map<String, String> result = new LinkedHashMap<>();
    result.put("mpi", "the MPI library, from Java through Weft");
    result.put("c-mpi", "the MPI library, from C");
    result.put("openmpi-java", "Open MPI's own Java bindings, through JNI");
    result.put("libfabric", "libfabric without MPI, from Java through Weft");
    result.put("c-libfabric", "libfabric without MPI, from C");
    result.put("fi_pingpong", "libfabric's own ping-pong program, in C");
    result.put("aeron", "Aeron, from Java");
    result.put("nio", "Java's own sockets (NIO)");
    result.put("java", "one JVM, which sends nothing");
    result.put("jucx", "UCX, from Java through its own bindings (jucx)");
    return result;
  }

  /**
   * What a word means.
   *
   * @param via the word
   * @return the word itself where it is not known
   */
  public static String meaning(String via) {
    return MEANINGS.getOrDefault(via, via);
  }

  /**
   * Where a way stands among the others.
   *
   * @param via its word
   * @return unknown ones come last
   */
  public static int order(String via) {
    int index = List.copyOf(MEANINGS.keySet()).indexOf(via);
    return index < 0 ? MEANINGS.size() : index;
  }
}
