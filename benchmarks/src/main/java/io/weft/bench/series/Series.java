package io.weft.bench.series;

import io.weft.bench.CoreMode;
import io.weft.bench.program.CProgram;
import io.weft.launch.Intra;
import io.weft.launch.LaunchPlan;
import io.weft.launch.Launcher;
import io.weft.launch.MpiInstallation;
import io.weft.launch.MpiSearch;
import io.weft.launch.MpiVendor;
import io.weft.launch.Network;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Programs measured in turns, so that what the machine does meanwhile meets all alike. Each start
 * of one is a slice; the cores' pairing is calibrated before and after it.
 *
 * <p>A program prints {@code TABLE COLUMN LENGTH NANOS CHECKSUM ALLOCATED} for each figure; a dash
 * for table or column adds nothing to those of its {@link Way}.
 */
final class Series {
  private final MpiInstallation mpi = new MpiSearch(System.getenv()).find(MpiVendor.OPEN_MPI);
  private final SeriesOptions options;
  private final List<Way> ways;
  private final Map<String, CProgram> programs = new HashMap<>();
  private final Figures figures = new Figures();

  Series(SeriesOptions options, List<Way> ways) {
    this.options = options;
    this.ways = options.taken(ways);
  }

  /** Measures all, prints the tables. */
  Figures run(Unit unit) throws IOException, InterruptedException {
    try (CoreMode cores = new CoreMode()) {
      for (Way way : ways) {
        if (way.source() != null && !programs.containsKey(way.source())) {
          programs.put(way.source(), CProgram.build(way.source(), "mpicc"));
        }
      }
      for (int turn = 1; turn <= options.turns(); turn++) {
        for (Way way : ways) {
          System.err.println(
              "turn " + turn + " of " + options.turns() + ": " + way.table() + ", " + way.name());
          double before = cores.measure();
          String output = start(way);
          take(way, turn, output, cores.between(before, cores.measure()));
        }
      }
      System.out.print(figures.print(unit));
      System.out.println("\n" + cores);
    } finally {
      for (CProgram program : programs.values()) {
        program.close();
      }
    }
    return figures;
  }

  private String start(Way way) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (way.source() != null) {
      command.add(programs.get(way.source()).path().toString());
    } else {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(
          List.of("--enable-native-access=ALL-UNNAMED", "--add-modules=jdk.incubator.vector"));
      command.addAll(List.of("-XX:+UseSerialGC", "-Xms128m", "-Xmx128m"));
      command.addAll(way.program().options());
      List<String> classPath = new ArrayList<>(way.program().classPath());
      classPath.add(System.getProperty("java.class.path"));
      command.addAll(List.of("-classpath", String.join(File.pathSeparator, classPath)));
      command.add(way.program().main());
    }
    command.addAll(way.words());
    command.add(options.seconds());
    command.addAll(options.lengths());
    Map<String, String> environment = Launcher.jvmEnvironment(System.getenv());
    environment.put("WEFT_MPI_LIB", mpi.libmpi().toString());
    boolean crowded = isCrowded(way.ranks());
    Intra intra = way.network() == Network.SHM ? Intra.SHM : Intra.SAME;
    LaunchPlan plan =
        new LaunchPlan(
            way.ranks(),
            way.network(),
            intra,
            true,
            !crowded,
            crowded,
            environment,
            List.of(),
            command);
    ProcessBuilder builder = Launcher.of(mpi).process(plan);
    Process ranks = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    // An interrupted series leaves no ranks behind.
    Thread end = new Thread(ranks::destroy);
    Runtime.getRuntime().addShutdownHook(end);
    String output = new String(ranks.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = ranks.waitFor();
    Runtime.getRuntime().removeShutdownHook(end);
    if (status != 0) {
      throw new IOException(way.name() + " failed: " + String.join(" ", builder.command()));
    }
    return output;
  }

  /** Whether there are fewer cores than ranks: such figures are no targets. */
  static boolean isCrowded(int ranks) {
    return ranks > Runtime.getRuntime().availableProcessors();
  }

  /** The title of a table. */
  static String title(String table, int ranks) {
    return isCrowded(ranks) ? table + " (more ranks than cores: no target)" : table;
  }

  private void take(Way way, int turn, String output, CoreMode.Pairing mode) throws IOException {
    for (String line : output.lines().toList()) {
      String[] words = line.split(" ");
      if (words.length != 6) {
        throw new IOException(way.name() + " printed: " + line);
      }
      String table = words[0].equals("-") ? way.table() : words[0] + ", " + way.table();
      String column = words[1].equals("-") ? way.name() : "Java, " + words[1];
      Sample sample =
          new Sample(
              turn, Double.parseDouble(words[3]), words[4], Double.parseDouble(words[5]), mode);
      figures.add(title(table, way.ranks()), column, Long.parseLong(words[2]), sample);
    }
  }
}
