package io.weft.bench.report.document;

import io.weft.bench.report.CellKey;
import io.weft.bench.report.Environment;
import io.weft.bench.report.Method;
import io.weft.bench.report.analysis.Patterns;
import io.weft.bench.report.analysis.Run;
import io.weft.bench.report.analysis.RunCell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The commands that measure the same again: one for each kind of benchmark, whose axes differ. */
final class Repeat {
  private static final String PROVIDER = "provider";
  private static final String WITHOUT_BYTES = "Barrier";
  private static final Map<String, String> MPIS =
      Map.of("Open MPI", " --mpi openmpi", "MPICH", " --mpi mpich");

  private final List<String> commands = new ArrayList<>();
  private final List<String> files = new ArrayList<>();
  private final String effort;

  private Repeat(Method method, Environment environment) {
    String library = environment.libraries().getOrDefault("mpi", "");
    String mpi =
        MPIS.entrySet().stream()
            .filter(known -> library.startsWith(known.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("");
    effort =
        "-f %d -wi %d -w %s -i %d -r %s%s"
            .formatted(
                method.rounds(),
                method.warmups(),
                time(method.warmupSeconds()),
                method.iterations(),
                time(method.iterationSeconds()),
                mpi);
  }

  static String command(Run run) {
    Repeat repeat = new Repeat(run.method(), run.environment());
    List<CellKey> keys = run.cells().stream().map(RunCell::key).toList();
    repeat.addPatterns(
        keys.stream()
            .filter(key -> !Set.of(Patterns.KERNEL, Patterns.CALL_COST).contains(key.benchmark()))
            .toList());
    repeat.addKernels(
        keys.stream().filter(key -> key.benchmark().equals(Patterns.KERNEL)).toList());
    if (keys.stream().anyMatch(key -> key.benchmark().equals(Patterns.CALL_COST))) {
      repeat.add("CallCost", "calls", List.of());
    }
    repeat.commands.add(
        "scripts/weft bench report " + String.join(" ", repeat.files) + " --out page.html");
    return String.join("\n", repeat.commands) + "\n";
  }

  private void addPatterns(List<CellKey> keys) {
    if (keys.isEmpty()) {
      return;
    }
    List<String> axes = common(keys);
    String bytes =
        keys.stream()
            .filter(key -> !key.benchmark().equals(WITHOUT_BYTES))
            .map(CellKey::bytes)
            .distinct()
            .sorted()
            .map(String::valueOf)
            .collect(Collectors.joining(","));
    if (!bytes.isEmpty()) {
      axes.add("-p bytes=" + bytes);
    }
    String benchmarks =
        keys.stream().map(CellKey::benchmark).distinct().collect(Collectors.joining("|"));
    add("'[.](%s)[.]'".formatted(benchmarks), "patterns", axes);
  }

  private void addKernels(List<CellKey> keys) {
    if (!keys.isEmpty()) {
      List<String> axes = common(keys);
      axes.add("-p kernel=" + values(keys, key -> key.parameters().get("kernel")));
      axes.add("-p size=" + values(keys, key -> key.parameters().get("class")));
      add("KernelRun", "kernels", axes);
    }
  }

  private static List<String> common(List<CellKey> keys) {
    List<String> axes = new ArrayList<>();
    axes.add("-p via=" + values(keys, CellKey::via));
    axes.add("-p network=" + values(keys, CellKey::network));
    axes.add("-p ranks=" + values(keys, key -> String.valueOf(key.ranks())));
    if (keys.stream().anyMatch(key -> key.parameters().containsKey(PROVIDER))) {
      String providers = values(keys, key -> key.parameters().getOrDefault(PROVIDER, "usual"));
      axes.add("-p 'provider=" + providers + "'");
    }
    return axes;
  }

  private static String values(List<CellKey> keys, Function<CellKey, String> of) {
    return String.join(",", keys.stream().map(of).collect(Collectors.toCollection(TreeSet::new)));
  }

  private void add(String benchmarks, String name, List<String> axes) {
    List<String> lines = new ArrayList<>(List.of("scripts/bench " + benchmarks));
    lines.addAll(axes);
    lines.add(effort);
    lines.add("--out " + name + ".json");
    files.add(name + ".json");
    commands.add(String.join(" \\\n  ", lines));
  }

  private static String time(double seconds) {
    long micros = Math.round(seconds * 1e6);
    return micros % 1000 == 0 ? micros / 1000 + "ms" : micros + "us";
  }
}
