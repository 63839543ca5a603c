package io.weft.bench.program;

import io.weft.bench.report.Found;
import io.weft.bench.report.Percentiles;
import io.weft.comm.Transport;
import io.weft.comm.TransportEvidence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What rank 0 of a {@link CPeer} has printed.
 *
 * @param nanos nanoseconds per operation, one for each iteration that counts; empty where it is
 *     absent
 * @param percentiles of single half round trips; null of other patterns
 * @param checksum the sum over ranks, in hexadecimal; null where it is absent
 * @param found what carried the messages; null where it is absent
 * @param absent why the library has no such pattern here; null if it has
 */
public record CPeerOutput(
    List<Double> nanos, Percentiles percentiles, String checksum, Found found, String absent) {
  private static final int PERCENTILES = 5;

  /** Copies the list. */
  public CPeerOutput {
    nanos = List.copyOf(nanos);
  }

  /**
   * Reads it.
   *
   * @param library what carried the messages
   * @param text the program's standard output
   * @return what it says
   * @throws IOException that quotes the line, if one is not the program's, or something is missing
   */
  public static CPeerOutput parse(CPeer.Library library, String text) throws IOException {
    List<Double> nanos = new ArrayList<>();
    Map<String, String> once = new HashMap<>();
    TreeMap<Integer, StringBuilder> before = new TreeMap<>();
    TreeMap<Integer, StringBuilder> after = new TreeMap<>();
    for (String line : text.lines().toList()) {
      String[] words = line.split(" ", 2);
      try {
        switch (words[0]) {
          case "iteration" -> nanos.add(Double.parseDouble(words[1]));
          case "before" -> evidence(before, words[1]);
          case "after" -> evidence(after, words[1]);
          case "percentiles", "checksum", "library", "provider", "protocol", "device", "absent" ->
              once.put(words[0], words[1]);
          default -> throw new IOException(library.via() + " printed: " + line);
        }
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException malformed) {
        throw new IOException(library.via() + " printed: " + line, malformed);
      }
    }
    if (once.containsKey("absent")) {
      return new CPeerOutput(List.of(), null, null, null, once.get("absent"));
    }
    for (String needed : List.of("checksum", "library")) {
      if (!once.containsKey(needed)) {
        throw new IOException(library.via() + " ended without its " + needed + ":\n" + text);
      }
    }
    return new CPeerOutput(
        nanos,
        percentiles(library, once.get("percentiles")),
        once.get("checksum"),
        found(library, once, texts(before), texts(after)),
        null);
  }

  /** A rank's number, then a line of what it saw. */
  private static void evidence(TreeMap<Integer, StringBuilder> ranks, String text) {
    String[] words = text.split(" ", 2);
    ranks
        .computeIfAbsent(Integer.parseInt(words[0]), rank -> new StringBuilder())
        .append(words[1])
        .append('\n');
  }

  private static List<String> texts(TreeMap<Integer, StringBuilder> ranks) {
    return ranks.values().stream().map(StringBuilder::toString).toList();
  }

  private static Percentiles percentiles(CPeer.Library library, String text) throws IOException {
    if (text == null) {
      return null;
    }
    double[] p = Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    if (p.length != PERCENTILES) {
      throw new IOException(library.via() + " printed percentiles " + text);
    }
    return new Percentiles(p[0], p[1], p[2], p[3], p[4]);
  }

  private static Found found(
      CPeer.Library library, Map<String, String> once, List<String> before, List<String> after) {
    boolean overMpi = library == CPeer.Library.MPI;
    Transport seen =
        TransportEvidence.conclude(library.via(), once.get("library"), overMpi, before, after);
    String provider = once.getOrDefault("provider", seen.provider());
    // libfabric's shm has no other way, as MPI's shared memory has; of others the kernel has seen
    // something.
    boolean shm = seen.network().equals(Transport.UNKNOWN) && provider.equals("shm");
    return new Found(
        seen.library(),
        shm ? "shm" : seen.network(),
        provider,
        once.getOrDefault("protocol", seen.protocol()),
        once.getOrDefault("device", seen.device()),
        (int) before.stream().map(CPeerOutput::host).distinct().count());
  }

  private static String host(String evidence) {
    return evidence.lines().filter(line -> line.startsWith("host\t")).findFirst().orElse("");
  }
}
