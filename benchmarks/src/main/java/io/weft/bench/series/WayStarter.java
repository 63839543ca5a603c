package io.weft.bench.series;

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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts the ranks of ways by Open MPI, each bound to a core; owns the C programs it compiled. */
final class WayStarter implements AutoCloseable {
  private final MpiInstallation mpi = new MpiSearch(System.getenv()).find(MpiVendor.OPEN_MPI);
  private final Map<String, CProgram> programs = new HashMap<>();

  /** Ranks under way; ended where this is closed, or the JVM ends, before them. */
  static final class Running implements AutoCloseable {
    private final Process process;
    private final String what;
    private final Thread end;

    private Running(Process process, String what) {
      this.process = process;
      this.what = what;
      this.end = new Thread(process::destroy, "end of " + what);
      // An interrupted series leaves no ranks behind.
      Runtime.getRuntime().addShutdownHook(end);
    }

    Process process() {
      return process;
    }

    IOException failed() {
      return new IOException(what + " failed");
    }

    @Override
    public void close() {
      process.destroy();
      try {
        Runtime.getRuntime().removeShutdownHook(end);
      } catch (IllegalStateException endingAlready) {
        return; // The hook runs.
      }
    }
  }

  /** Compiles the programs that the ways are written in. */
  void build(List<Way> ways) throws IOException {
    for (Way way : ways) {
      if (way.source() != null && !programs.containsKey(way.source())) {
        programs.put(way.source(), CProgram.build(way.source(), "mpicc"));
      }
    }
  }

  /** Starts the ranks of a way, with words behind its own. */
  Running start(Way way, List<String> words) throws IOException {
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
    command.addAll(words);
    Map<String, String> environment = Launcher.jvmEnvironment(System.getenv());
    environment.put("WEFT_MPI_LIB", mpi.libmpi().toString());
    boolean crowded = Series.isCrowded(way.ranks());
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
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return new Running(
        builder.start(), way.name() + " (" + String.join(" ", builder.command()) + ")");
  }

  @Override
  public void close() throws IOException {
    for (CProgram program : programs.values()) {
      program.close();
    }
  }
}
