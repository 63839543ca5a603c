package io.weft.comm.fabric;

import io.weft.comm.Algorithm;
import io.weft.comm.Collective;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which algorithm is the fastest, by measurement: the rows of {@code algorithms.table}, which says
 * where they come from. Immutable once read.
 *
 * <p>A row counts from its length on, up to the next one's. Numbers of ranks that were not measured
 * go by the nearest smaller one that was, powers of two by powers of two and others by others.
 * Networks that were not measured go by TCP's rows: EFA, and libfabric's shared memory.
 */
final class AlgorithmTable {
  /** From so many bytes on, so. */
  record Row(long bytes, Algorithm algorithm) {}

  /** What carries the messages: rings in shared memory, or a provider. */
  enum Kind {
    RINGS,
    TCP;

    static Kind of(Carrier carrier) {
      return carrier.provider().startsWith(RingLink.PROVIDER) ? RINGS : TCP;
    }
  }

  private static final AlgorithmTable BUILT_IN = load();

  /** By the number of ranks, per collective, per kind. */
  private final Map<Kind, Map<Collective, TreeMap<Integer, List<Row>>>> rows =
      new EnumMap<>(Kind.class);

  private AlgorithmTable() {
    for (Kind kind : Kind.values()) {
      rows.put(kind, new EnumMap<>(Collective.class));
      for (Collective collective : Collective.values()) {
        rows.get(kind).put(collective, new TreeMap<>());
      }
    }
  }

  /** Weft's own. */
  static AlgorithmTable builtIn() {
    return BUILT_IN;
  }

  private static AlgorithmTable load() {
    try (InputStream in = AlgorithmTable.class.getResourceAsStream("algorithms.table")) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("the table of algorithms cannot be read", e);
    }
  }

  /**
   * Reads a table: a row {@code KIND COLLECTIVE RANKS BYTES ALGORITHM} a line, {@code #} begins a
   * comment. Lengths of one collective on one number of ranks grow, from 0. Each kind has rows of
   * each collective for a power of two of ranks and for another number.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  static AlgorithmTable parse(String text) {
    AlgorithmTable table = new AlgorithmTable();
    for (String line : text.lines().map(each -> each.replaceAll("#.*", "").strip()).toList()) {
      if (!line.isEmpty()) {
        try {
          table.add(line.split(" +"));
        } catch (IllegalArgumentException wrong) {
          throw new IllegalArgumentException(line + ": " + wrong.getMessage(), wrong);
        }
      }
    }
    for (Kind kind : Kind.values()) {
      for (Collective collective : Collective.values()) {
        table.find(kind, collective, 2);
        table.find(kind, collective, 3);
      }
    }
    return table;
  }

  private void add(String[] words) {
    if (words.length != 5) {
      throw new IllegalArgumentException("not KIND COLLECTIVE RANKS BYTES ALGORITHM");
    }
    Kind kind = Kind.valueOf(upper(words[0]));
    Collective collective = Collective.valueOf(upper(words[1]));
    int ranks = Integer.parseInt(words[2]);
    long bytes = Long.parseLong(words[3]);
    Algorithm algorithm = collective.algorithm(words[4]);
    if (ranks < 2 || !collective.allows(algorithm, ranks)) {
      throw new IllegalArgumentException("not on " + ranks + " ranks");
    }
    List<Row> of = rows.get(kind).get(collective).computeIfAbsent(ranks, key -> new ArrayList<>());
    if (of.isEmpty() ? bytes != 0 : bytes <= of.getLast().bytes()) {
      throw new IllegalArgumentException("lengths start at 0 and grow");
    }
    of.add(new Row(bytes, algorithm));
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** The rows of a collective on so many ranks; every algorithm in them runs on that number. */
  List<Row> find(Kind kind, Collective collective, int ranks) {
    boolean powerOfTwo = Integer.bitCount(ranks) == 1;
    List<Row> nearest = null;
    for (var measured : rows.get(kind).get(collective).entrySet()) {
      boolean alike = Integer.bitCount(measured.getKey()) == 1 == powerOfTwo;
      if (alike && (nearest == null || measured.getKey() <= ranks)) {
        nearest = measured.getValue();
      }
    }
    if (nearest == null) {
      throw new IllegalArgumentException(
          "no row of " + kind + " " + collective + " for ranks like " + ranks);
    }
    return nearest;
  }
}
