package io.weft.comm.fabric;

import io.weft.comm.Algorithm;
import io.weft.comm.Bootstrap;
import io.weft.comm.Collective;
import io.weft.comm.CommunicatorException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The algorithms that are asked for by name, in place of the table's. All ranks must use the same,
 * or they would wait for messages that nobody sends: it is agreed on before the first.
 */
public final class Algorithms {
  private Algorithms() {}

  /**
   * What the variables {@link Collective#variable} ask for; collective.
   *
   * @param bootstrap reaches the other ranks
   * @param environment this process's
   * @return the algorithm of each collective that one is asked for
   * @throws CommunicatorException on every rank if one of them asks for what there is not, or if
   *     they do not ask for the same
   */
  public static Map<Collective, Algorithm> ofEnvironment(
      Bootstrap bootstrap, Map<String, String> environment) {
    Map<Collective, Algorithm> mine;
    try {
      mine = parse(environment);
    } catch (IllegalArgumentException unknown) {
      Agreement.refuse(bootstrap, unknown.getMessage());
      throw new CommunicatorException(
          "rank " + bootstrap.rank() + ": " + unknown.getMessage(), unknown);
    }
    return agreed(bootstrap, mine);
  }

  /**
   * Compares what the ranks ask for, which must be the same; collective.
   *
   * @param bootstrap reaches the other ranks
   * @param mine what this rank asks for
   * @return the same
   * @throws CommunicatorException on every rank if one asks for something else
   */
  public static Map<Collective, Algorithm> agreed(
      Bootstrap bootstrap, Map<Collective, Algorithm> mine) {
    byte[][] all;
    try {
      all = Agreement.exchange(bootstrap, text(mine).getBytes(StandardCharsets.UTF_8));
    } catch (Agreement.RefusedException elsewhere) {
      throw new CommunicatorException(elsewhere.getMessage());
    }
    List<String> others = new ArrayList<>();
    for (int rank = 1; rank < all.length; rank++) {
      if (!Arrays.equals(all[0], all[rank])) {
        others.add("rank " + rank + " " + words(all[rank]));
      }
    }
    if (!others.isEmpty()) {
      throw new CommunicatorException(
          "the ranks ask for different algorithms, and all must use the same: rank 0 "
              + words(all[0])
              + ", "
              + String.join(", ", others));
    }
    return mine;
  }

  private static Map<Collective, Algorithm> parse(Map<String, String> environment) {
    Map<Collective, Algorithm> asked = new EnumMap<>(Collective.class);
    for (Collective collective : Collective.values()) {
      String name = environment.get(collective.variable());
      if (name != null && !name.isBlank()) {
        try {
          asked.put(collective, collective.algorithm(name.strip()));
        } catch (IllegalArgumentException unknown) {
          throw new IllegalArgumentException(
              collective.variable() + ": " + unknown.getMessage(), unknown);
        }
      }
    }
    return asked;
  }

  private static String text(Map<Collective, Algorithm> asked) {
    List<String> words = new ArrayList<>();
    for (Collective collective : Collective.values()) {
      Algorithm algorithm = asked.get(collective);
      if (algorithm != null) {
        words.add(collective.variable() + "=" + algorithm);
      }
    }
    return String.join(" ", words);
  }

  private static String words(byte[] text) {
    return text.length == 0 ? "for none" : "for " + new String(text, StandardCharsets.UTF_8);
  }
}
