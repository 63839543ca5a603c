package io.weft.fabric;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** JVMs of their own, for what must not end one. */
final class ChildJvm {
  private ChildJvm() {}

  /** A JVM that runs a class of these tests. */
  static ProcessBuilder of(String main, String... arguments) {
    return under(List.of(), main, arguments);
  }

  /** The same, started by another program. */
  static ProcessBuilder under(List<String> starter, String main, String... arguments) {
    List<String> command = new ArrayList<>(starter);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add("-XX:ErrorFile=/dev/stdout");
    command.add("-Xmx128m");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main);
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  /** What it printed, and how it ended. */
  record Outcome(int status, String output) {}

  /** Runs it to its end; one that does not come to it is ended, with status -1. */
  static Outcome run(ProcessBuilder builder, long seconds)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile("weft-child-", ".log");
    Process process = builder.redirectOutput(file.toFile()).start();
    try {
      boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
      String output = Files.readString(file, StandardCharsets.UTF_8);
      return new Outcome(
          ended ? process.exitValue() : -1,
          ended ? output : output + "no end within " + seconds + " s");
    } finally {
      process.destroyForcibly();
      Files.delete(file);
    }
  }
}
