package io.weft.cli;

import static org.junit.jupiter.api.Assertions.fail;

import io.weft.launch.Intra;
import io.weft.launch.LaunchPlan;
import io.weft.launch.Launcher;
import io.weft.launch.MpiInstallation;
import io.weft.launch.MpiSearch;
import io.weft.launch.MpiVendor;
import io.weft.launch.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * The real command in a process of its own, with a deadline: nothing of it is left when {@link
 * #await} returns or fails.
 */
final class WeftProcess {
  private static final double LEAVE_SECONDS = 5;

  /** Compiling as a server does takes longer than these runs. */
  private static final String JVM_FLAGS = "JAVA_TOOL_OPTIONS";

  private final Path directory;
  private final List<String> arguments;
  private final List<String> prefix = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private final MarkedProcesses processes = new MarkedProcesses();
  private List<String> java =
      List.of(
          "-XX:+UseSerialGC",
          "--enable-native-access=ALL-UNNAMED",
          "-cp",
          classPath(),
          "io.weft.cli.Weft");

  private double deadlineSeconds = 60;
  private Process process;
  private List<String> command;
  private long startNanos;

  private WeftProcess(Path directory, List<String> arguments) {
    this.directory = directory;
    this.arguments = arguments;
    System.getenv()
        .forEach(
            (name, value) -> {
              // What the machine's owner has set for other programs is not what is tested.
              if (!name.matches("(OMPI|PMIX|PMI|UCX|FI|WEFT|SLURM|MPIR|HYD|MPICH)_.*")) {
                environment.put(name, value);
              }
            });
    environment.put(MarkedProcesses.VARIABLE, processes.mark());
    environment.put(JVM_FLAGS, "-XX:TieredStopAtLevel=1");
  }

  /**
   * A command that is not yet started.
   *
   * @param directory it works there; also keeps its output
   * @param arguments after {@code weft}
   */
  static WeftProcess of(Path directory, String... arguments) {
    return new WeftProcess(directory, List.of(arguments));
  }

  /** The installation of a family, or the test is skipped. */
  static MpiInstallation installation(MpiVendor vendor) {
    List<MpiInstallation> all = new MpiSearch(System.getenv()).all();
    return all.stream()
        .filter(one -> one.vendor() == vendor)
        .findFirst()
        .orElseGet(
            () -> Assumptions.abort("there is no " + vendor.title() + " here; found " + all));
  }

  /** Sets a variable. */
  WeftProcess with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** With JVMs that compile as they do for a user. */
  WeftProcess compilingFully() {
    environment.remove(JVM_FLAGS);
    return this;
  }

  WeftProcess deadline(double seconds) {
    deadlineSeconds = seconds;
    return this;
  }

  /** Starts it through another program, which gets the command as its last arguments. */
  WeftProcess through(String... program) {
    prefix.addAll(List.of(program));
    return this;
  }

  /** Starts it as a user does who calls mpirun. */
  WeftProcess under(MpiInstallation mpi, int ranks) {
    return under(mpi, ranks, Network.AUTO, false);
  }

  /** Starts it as a user does who calls mpirun, with flags for a network. */
  WeftProcess under(MpiInstallation mpi, int ranks, Network network, boolean bindToCore) {
    boolean crowded = 2 * ranks > Runtime.getRuntime().availableProcessors();
    LaunchPlan plan =
        new LaunchPlan(
            ranks, network, Intra.SAME, true, bindToCore, crowded, Map.of(), List.of(), List.of());
    prefix.addAll(Launcher.of(mpi).command(plan));
    return this;
  }

  /** Starts it with other JVM flags, which end with the main class. */
  WeftProcess startedBy(List<String> flags) {
    java = flags;
    return this;
  }

  private static String classPath() {
    // Surefire may start this JVM with one jar that only names the others, and says them here.
    String surefire = System.getProperty("surefire.test.class.path");
    return surefire != null ? surefire : System.getProperty("java.class.path");
  }

  WeftProcess start() throws IOException {
    command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(java);
    command.addAll(arguments);
    Files.createDirectories(directory);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out().toFile())
            .redirectError(err().toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    deadlineSeconds *= Load.patience();
    startNanos = System.nanoTime();
    process = builder.start();
    return this;
  }

  MarkedProcesses processes() {
    return processes;
  }

  long pid() {
    return process.pid();
  }

  /** Waits until standard error has a text. */
  void awaitText(String text) throws IOException, InterruptedException {
    while (!Files.readString(err()).contains(text)) {
      if (!process.isAlive() || seconds() > deadlineSeconds) {
        processes.kill();
        fail("\"" + text + "\" was never said: " + result(-1));
      }
      Thread.sleep(20);
    }
  }

  /** Starts and waits. */
  WeftResult run() throws IOException, InterruptedException {
    return start().await();
  }

  /** Waits for the end; fails at the deadline, and if anything is left running. */
  WeftResult await() throws IOException, InterruptedException {
    double left = deadlineSeconds - seconds();
    if (!process.waitFor((long) (left * 1000), TimeUnit.MILLISECONDS)) {
      String running = processes.describe();
      processes.printStacks();
      processes.kill();
      fail("not ended after %.1f s; running:%n  %s%n%s".formatted(seconds(), running, result(-1)));
    }
    WeftResult result = result(process.exitValue());
    if (!processes.haveEndedIn(LEAVE_SECONDS)) {
      String running = processes.describe();
      processes.kill();
      fail("left running:%n  %s%n%s".formatted(running, result));
    }
    return result;
  }

  private double seconds() {
    return (System.nanoTime() - startNanos) * 1e-9;
  }

  private WeftResult result(int status) throws IOException {
    return new WeftResult(
        arguments, status, Files.readString(out()), Files.readString(err()), seconds(), directory);
  }

  private Path out() {
    return directory.resolve("standard-output");
  }

  private Path err() {
    return directory.resolve("standard-error");
  }
}
