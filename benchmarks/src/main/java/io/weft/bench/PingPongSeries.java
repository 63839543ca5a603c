package io.weft.bench;

import io.weft.launch.Intra;
import io.weft.launch.LaunchPlan;
import io.weft.launch.Launcher;
import io.weft.launch.MpiInstallation;
import io.weft.launch.MpiSearch;
import io.weft.launch.MpiVendor;
import io.weft.launch.Network;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Ping-pong over Open MPI from C, over libmpi from Java and over libfabric, in turns, so that what
 * the machine does meanwhile meets all alike; prints a table. Started by {@code scripts/bench
 * ping-pong}.
 */
public final class PingPongSeries {
  private static final String USAGE =
      """
      Usage: scripts/bench ping-pong [--turns N] [--seconds S] [LENGTH...]

      Half round trips between two ranks on this host, from C and from Java, in N turns (default 5) of S seconds for each
      length in bytes (default 2; the last sixth counts, the rest warms up; 8 to 4194304). Prints a table: median (least
      to most) in ns, and the ratio of the medians to C's on the same network.
      """;

  /** What is measured; C over the same network is what it is compared with. */
  private record Way(String name, Network network, boolean isC, List<String> words) {
    static Way c(Network network) {
      return new Way(
          "C, Open MPI, " + (network == Network.ENA ? "tcp" : network), network, true, List.of());
    }

    static Way java(String via, Network network, String provider, String through) {
      String name = "Java, " + via + ", " + through;
      String intra = network == Network.SHM ? "shm" : "same";
      return new Way(name, network, false, List.of(via, network.toString(), intra, provider));
    }
  }

  private static final List<Way> WAYS =
      List.of(
          Way.c(Network.SHM),
          Way.java("mpi", Network.SHM, "-", "shm"),
          Way.java("libfabric", Network.SHM, "-", "Weft's rings"),
          Way.java("libfabric", Network.SHM, "weft-shm;read", "rings, reading"),
          Way.java("libfabric", Network.SHM, "shm", "shm provider"),
          Way.c(Network.ENA),
          Way.java("mpi", Network.ENA, "-", "tcp"),
          Way.java("libfabric", Network.ENA, "-", "tcp"));

  private final MpiInstallation mpi = new MpiSearch(System.getenv()).find(MpiVendor.OPEN_MPI);
  private final Map<Way, TreeMap<Long, List<Double>>> found = new LinkedHashMap<>();
  private int turns = 5;
  private String seconds = "2";
  private List<String> lengths =
      List.of("8", "64", "1024", "8192", "16384", "65536", "1048576", "4194304");

  private PingPongSeries() {}

  /**
   * Measures and prints.
   *
   * @param arguments see {@code --help}
   * @throws IOException if a program cannot be built or started
   * @throws InterruptedException if this is interrupted
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PingPongSeries series = new PingPongSeries();
    if (series.parse(arguments)) {
      series.run();
    }
  }

  private boolean parse(String[] arguments) {
    List<String> given = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      boolean value = i + 1 < arguments.length;
      if (arguments[i].equals("--turns") && value && arguments[i + 1].matches("[1-9][0-9]{0,3}")) {
        turns = Integer.parseInt(arguments[++i]);
      } else if (arguments[i].equals("--seconds")
          && value
          && arguments[i + 1].matches("[0-9]+([.][0-9]+)?")) {
        seconds = arguments[++i];
      } else if (arguments[i].matches("[1-9][0-9]{0,8}")) {
        given.add(arguments[i]);
      } else {
        System.err.print(USAGE);
        if (!arguments[i].equals("--help")) {
          System.err.println("not understood: " + arguments[i]);
          System.exit(2);
        }
        return false;
      }
    }
    lengths = given.isEmpty() ? lengths : given;
    return true;
  }

  private void run() throws IOException, InterruptedException {
    try (CProgram program = CProgram.build("pingpong.c", "mpicc")) {
      for (int turn = 1; turn <= turns; turn++) {
        for (Way way : WAYS) {
          System.err.println("turn " + turn + " of " + turns + ": " + way.name());
          measure(way, program.path());
        }
      }
    }
    print();
  }

  private void measure(Way way, Path program) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (way.isC()) {
      command.add(program.toString());
    } else {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("-classpath");
      command.add(System.getProperty("java.class.path"));
      command.add(PingPong.class.getName());
      command.addAll(way.words());
    }
    command.add(seconds);
    command.addAll(lengths);
    Map<String, String> environment = Launcher.jvmEnvironment(System.getenv());
    environment.put("WEFT_MPI_LIB", mpi.libmpi().toString());
    Intra intra = way.network() == Network.SHM ? Intra.SHM : Intra.SAME;
    LaunchPlan plan =
        new LaunchPlan(2, way.network(), intra, true, true, false, environment, List.of(), command);
    ProcessBuilder builder = Launcher.of(mpi).process(plan);
    Process ranks = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(ranks.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (ranks.waitFor() != 0) {
      throw new IOException(way.name() + " failed: " + String.join(" ", builder.command()));
    }
    for (String line : output.lines().toList()) {
      String[] words = line.split(" ");
      found
          .computeIfAbsent(way, key -> new TreeMap<>())
          .computeIfAbsent(Long.valueOf(words[0]), key -> new ArrayList<>())
          .add(Double.valueOf(words[1]));
    }
  }

  private void print() {
    StringBuilder head = new StringBuilder("| bytes |");
    StringBuilder line = new StringBuilder("|---|");
    WAYS.forEach(way -> head.append(' ').append(way.name()).append(" |"));
    WAYS.forEach(way -> line.append("---|"));
    System.out.println(head + "\n" + line);
    for (String length : lengths) {
      StringBuilder row = new StringBuilder("| " + length + " |");
      for (Way way : WAYS) {
        List<Double> samples = samples(way, length);
        double c = median(samples(Way.c(way.network()), length));
        row.append(
            "  %,.0f (%,.0f to %,.0f)%s |"
                .formatted(
                    median(samples),
                    Collections.min(samples),
                    Collections.max(samples),
                    way.isC() ? "" : ", %.2f".formatted(median(samples) / c)));
      }
      System.out.println(row);
    }
  }

  private List<Double> samples(Way way, String length) {
    List<Double> samples = new ArrayList<>(found.get(way).get(Long.valueOf(length)));
    Collections.sort(samples);
    return samples;
  }

  private static double median(List<Double> sorted) {
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
