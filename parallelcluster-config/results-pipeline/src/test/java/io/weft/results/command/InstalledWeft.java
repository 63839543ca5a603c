package io.weft.results.command;

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
final class InstalledWeft {
  static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
  private static final Path PLUG_IN = Path.of("target", "app").toAbsolutePath();
  private static final Path WEFT = ROOT.resolve("mpi-kernels/cli/target/app");
  private static final int PATIENCE_SECONDS = 300;

  private final Path directory;

  /** Skips the test where it is not built. */
  InstalledWeft(Path directory) {
    for (Path folder : List.of(PLUG_IN, WEFT)) {
      Assumptions.assumeTrue(
          Files.isDirectory(folder),
          folder + " is not there before the first 'mvn package'; scripts/test makes it");
    }
    this.directory = directory;
  }

  /** What starts it. */
  static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.add("--enable-native-access=io.weft.ffi,org.xerial.sqlitejdbc");
    command.addAll(List.of("-p", WEFT + File.pathSeparator + PLUG_IN));
    command.addAll(List.of("-m", "io.weft.cli/io.weft.cli.Weft"));
    return command;
  }

  /** Standard output; standard error goes to a file. */
  String run(int status, Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = command();
    command.addAll(List.of(arguments));
    return start(status, variables, command);
  }

  /** The same of any command. */
  String start(int status, Map<String, String> variables, List<String> command)
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

  Path errors() {
    return directory.resolve("err");
  }
}
