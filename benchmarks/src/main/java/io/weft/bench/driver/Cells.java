package io.weft.bench.driver;

import io.weft.bench.peer.MeasuredVia;
import io.weft.bench.peer.Pattern;
import io.weft.bench.ranks.AcrossRanks;
import io.weft.bench.report.CellKey;
import io.weft.kernels.Kernel;
import io.weft.kernels.Kernels;
import io.weft.launch.Network;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.options.Options;

/** Which cells a command line asks for: every combination of the axes that there is. */
final class Cells {
  private static final long MOST_BYTES = 1L << 30;
  private static final int MOST_RANKS = 4096;

  private final Options options;
  private final List<CellPlan> plans = new ArrayList<>();
  private final Map<CellKey, String> unsupported = new LinkedHashMap<>();

  /**
   * Expands.
   *
   * @param entries the benchmarks that are asked for
   * @param options with the values of axes
   */
  Cells(Collection<BenchmarkListEntry> entries, Options options) {
    this.options = options;
    for (BenchmarkListEntry entry : entries) {
      List<Map<String, String>> combinations = List.of(Map.of());
      Map<String, String[]> axes = new TreeMap<>(entry.getParams().orElse(Map.of()));
      for (Map.Entry<String, String[]> axis : axes.entrySet()) {
        Collection<String> values =
            options.getParameter(axis.getKey()).orElse(List.of(axis.getValue()));
        combinations = product(combinations, axis.getKey(), new LinkedHashSet<>(values));
      }
      for (Map<String, String> parameters : combinations) {
        add(entry, parameters);
      }
    }
  }

  private static List<Map<String, String>> product(
      List<Map<String, String>> left, String name, Set<String> values) {
    List<Map<String, String>> result = new ArrayList<>();
    for (Map<String, String> one : left) {
      for (String value : values) {
        Map<String, String> longer = new TreeMap<>(one);
        longer.put(name, value);
        result.add(longer);
      }
    }
    return result;
  }

  private void add(BenchmarkListEntry entry, Map<String, String> parameters) {
    String simple = simpleName(entry);
    if (!parameters.containsKey("via")) {
      // A benchmark of one JVM: its method and parameters are the cell.
      Map<String, String> all = new TreeMap<>(parameters);
      all.put("method", entry.getUsername().substring(entry.getUsername().lastIndexOf('.') + 1));
      CellKey key = new CellKey(simple, all, "java", "none", 0, 1);
      plans.add(new CellPlan(entry.getUsername(), parameters, key, null, null, null));
      return;
    }
    MeasuredVia via = MeasuredVia.of(parameters.get("via"));
    Network network = Network.of(parameters.get("network"));
    if (network == Network.AUTO) {
      throw new IllegalArgumentException("network=auto is none to measure: use efa, ena or shm");
    }
    int ranks = (int) number("ranks", parameters.get("ranks"), 1, MOST_RANKS);
    long bytes =
        parameters.containsKey("bytes")
            ? number("bytes", parameters.get("bytes"), 0, MOST_BYTES)
            : 0;
    Pattern pattern = pattern(entry);
    Map<String, String> rest = new TreeMap<>();
    String name = simple;
    if (pattern == null) {
      name = "Kernel";
      rest.put("kernel", parameters.get("kernel"));
      rest.put("class", parameters.get("size"));
      checkKernel(parameters.get("kernel"), parameters.get("size"));
    }
    String provider = parameters.get(CellPlan.PROVIDER);
    boolean usual = provider.equals(AcrossRanks.USUAL);
    if (!usual) {
      checkProvider(provider);
      rest.put(CellPlan.PROVIDER, provider);
    }
    CellKey key = new CellKey(name, rest, via.toString(), network.toString(), bytes, ranks);
    boolean has = pattern == null ? via.isWeft() : via.has(pattern, network);
    String impossible = pattern == null ? null : impossible(pattern, via, bytes, ranks);
    if (impossible != null) {
      unsupported.put(key, impossible);
    } else if (has && (usual || isOf(provider, via, network))) {
      plans.add(new CellPlan(entry.getUsername(), parameters, key, pattern, via, network));
    } else if (options.getParameter("via").hasValue() || !usual) {
      String what = pattern == null ? "kernel" : pattern.word();
      unsupported.put(
          key,
          has
              ? "%s over %s has no provider %s".formatted(via, network, provider)
              : "%s has no %s over %s".formatted(via, what, network));
    }
  }

  /** Why there is no such pattern, whatever the library; null if there is. */
  private static String impossible(Pattern pattern, MeasuredVia via, long bytes, int ranks) {
    if (ranks < pattern.fewestRanks()) {
      return "%s needs %d ranks or more".formatted(pattern.word(), pattern.fewestRanks());
    }
    if (pattern == Pattern.MESSAGE_RATE && ranks % 2 != 0) {
      return "message-rate needs an even number of ranks";
    }
    if (pattern == Pattern.ALLREDUCE && (bytes == 0 || bytes % Double.BYTES != 0)) {
      return "allreduce is of doubles: bytes are a multiple of " + Double.BYTES;
    }
    return via == MeasuredVia.FI_PINGPONG && ranks != 2
        ? "fi_pingpong is between two processes"
        : null;
  }

  private static void checkProvider(String provider) {
    if (!provider.matches("[A-Za-z0-9_;.-]{1,40}")) {
      throw new IllegalArgumentException(
          "provider=%s is none: use a name that fi_info lists, such as shm or net, or %s"
              .formatted(provider, AcrossRanks.USUAL));
    }
  }

  /** Whether a provider's messages cross such a network, as far as its name tells. */
  private static boolean isOf(String provider, MeasuredVia via, Network network) {
    boolean rings = provider.startsWith("weft-shm");
    boolean memory = rings || provider.startsWith("shm");
    boolean device = provider.startsWith("efa");
    boolean crosses =
        switch (network) {
          case SHM -> memory;
          case EFA -> device;
          case ENA, AUTO -> !memory && !device;
        };
    return crosses && (via == MeasuredVia.LIBFABRIC || via == MeasuredVia.C_LIBFABRIC && !rings);
  }

  private static void checkKernel(String name, String problemClass) {
    Kernel kernel =
        Kernels.all().stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "kernel=%s is none: use %s"
                            .formatted(
                                name,
                                Kernels.all().stream()
                                    .map(Kernel::name)
                                    .collect(Collectors.joining(", ")))));
    if (kernel.classes().stream().noneMatch(one -> one.name().equals(problemClass))) {
      throw new IllegalArgumentException(
          "size=%s is no class of %s: use %s"
              .formatted(
                  problemClass,
                  name,
                  kernel.classes().stream()
                      .map(one -> one.name())
                      .collect(Collectors.joining(", "))));
    }
  }

  private static long number(String axis, String text, long least, long most) {
    if (text.matches("[0-9]{1,12}")) {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "%s=%s is none: use a number from %d to %d".formatted(axis, text, least, most));
  }

  static String simpleName(BenchmarkListEntry entry) {
    String qualified = entry.getUserClassQName();
    return qualified.substring(qualified.lastIndexOf('.') + 1);
  }

  private static Pattern pattern(BenchmarkListEntry entry) {
    try {
      return ((AcrossRanks)
              Class.forName(entry.getUserClassQName()).getDeclaredConstructor().newInstance())
          .pattern();
    } catch (ReflectiveOperationException notOurs) {
      throw new IllegalStateException(
          entry.getUserClassQName() + " has an axis via, but is no AcrossRanks", notOurs);
    }
  }

  /** Those to fill. */
  List<CellPlan> plans() {
    return plans;
  }

  /** Those that were asked for by name and that no library has, with the reason. */
  Map<CellKey, String> unsupported() {
    return unsupported;
  }
}
