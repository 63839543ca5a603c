package io.weft.bench.driver;

import io.weft.bench.report.Environment;
import io.weft.comm.evidence.Host;
import io.weft.launch.Processor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** What the machine says of itself. */
final class Machine {
  private static final Path DMI = Path.of("/sys/devices/virtual/dmi/id");
  private static final long KIB = 1024;

  private Machine() {}

  static Environment environment(Jobs jobs, List<String> caveats) {
    Map<String, String> libraries = new TreeMap<>();
    libraries.put("mpi", jobs.mpi().toString());
    libraries.put("gcc", firstLine("gcc", "--version"));
    libraries.put("libfabric", firstLine("fi_info", "--version"));
    return new Environment(
        version(),
        Host.name(),
        instance(),
        Processor.model(),
        Runtime.getRuntime().availableProcessors(),
        memory(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        text(Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"), "unknown"),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        libraries,
        caveats);
  }

  /** What a reader must know of such a machine. */
  static List<String> caveats(Jobs jobs, List<CellPlan> cells) {
    List<String> result = new ArrayList<>();
    int cores = Runtime.getRuntime().availableProcessors();
    if (cells.stream()
        .anyMatch(cell -> cell.isAcrossRanks() && !jobs.isPinned(cell.key().ranks()))) {
      result.add(
          "There are cells of more ranks than the %d cores: their ranks take turns, and are no measure of the library."
              .formatted(cores));
    }
    if (text(Path.of("/proc/cpuinfo"), "").contains(" hypervisor")) {
      result.add(
          "A virtual machine, which may share its cores and their caches with others; compare only"
              + " figures of one run.");
    }
    return result;
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream text = Machine.class.getResourceAsStream("version.properties")) {
      properties.load(text);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return properties.getProperty("version");
  }

  /** The firmware tables of an EC2 instance say its type and id. */
  private static String instance() {
    if (!text(DMI.resolve("sys_vendor"), "").startsWith("Amazon EC2")) {
      return "none";
    }
    return text(DMI.resolve("product_name"), "unknown")
        + " "
        + text(DMI.resolve("board_asset_tag"), "unknown");
  }

  private static long memory() {
    return text(Path.of("/proc/meminfo"), "")
        .lines()
        .filter(line -> line.startsWith("MemTotal:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIB)
        .findFirst()
        .orElse(0);
  }

  private static String text(Path file, String absent) {
    try {
      return Files.readString(file).strip();
    } catch (IOException notThere) {
      return absent;
    }
  }

  private static String firstLine(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return said.lines().findFirst().orElse("unknown").strip();
    } catch (IOException notThere) {
      return "not there";
    }
  }
}
