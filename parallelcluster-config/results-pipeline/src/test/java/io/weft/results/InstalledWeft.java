package io.weft.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The {@code weft} command out of the folders that {@code scripts/weft} starts. */
public final class InstalledWeft {
  /** The checkout. */
  public static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

  private static final Path PLUG_IN = Path.of("target", "app").toAbsolutePath();
  private static final Path WEFT = ROOT.resolve("mpi-kernels/cli/target/app");
  private static final int PATIENCE_SECONDS = 300;

  private final Path directory;

  /**
   * Skips the test where it is not built.
   *
   * @param directory where commands run
   */
  public InstalledWeft(Path directory) {
    for (Path folder : List.of(PLUG_IN, WEFT)) {
      Assumptions.assumeTrue(
          Files.isDirectory(folder),
          folder + " is not there before the first 'mvn package'; scripts/test makes it");
    }
    this.directory = directory;
  }

  /**
   * What starts it.
   *
   * @return a command line, to which arguments are added
   */
  public static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.add("--enable-native-access=io.weft.ffi,org.xerial.sqlitejdbc");
    command.addAll(List.of("-p", WEFT + File.pathSeparator + PLUG_IN));
    command.addAll(List.of("-m", "io.weft.cli/io.weft.cli.Weft"));
    return command;
  }

  /**
   * Runs the command.
   *
   * @param status that it must end with
   * @param variables more of them
   * @param arguments of it
   * @return its standard output; standard error goes to a file
   * @throws IOException if it cannot be started
   * @throws InterruptedException if the thread is told to end
   */
  public String run(int status, Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = command();
    command.addAll(List.of(arguments));
    return start(status, variables, command);
  }

  /**
   * Runs any command.
   *
   * @param status that it must end with
   * @param variables more of them
   * @param command the whole of it
   * @return its standard output; standard error goes to a file
   * @throws IOException if it cannot be started
   * @throws InterruptedException if the thread is told to end
   */
  public String start(int status, Map<String, String> variables, List<String> command)
      throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(errors().toFile());
    builder.environment().putAll(variables);
    Process process = builder.start();
    try {
      assertTrue(
          process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it has not ended: " + command);
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(out);
    assertEquals(status, process.exitValue(), text + Files.readString(errors()));
    return text;
  }

  /**
   * What the last one said on standard error.
   *
   * @return the file
   */
  public Path errors() {
    return directory.resolve("err");
  }
}
