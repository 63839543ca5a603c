package io.weft.bench.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.bench.report.ResultFile;
import io.weft.bench.report.ResultFiles;
import io.weft.launch.Launcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A run of the driver in a process of its own, as {@code scripts/bench} starts it. */
final class BenchProcess {
  private static final long DEADLINE_SECONDS = 300;

  /** A cell in a fraction of a second, whatever its figure. */
  private static final List<String> SHORT =
      List.of("-f", "1", "-wi", "1", "-w", "10ms", "-i", "2", "-r", "10ms");

  private final Process process;
  private final Path output;
  private final Path result;

  private BenchProcess(Process process, Path output, Path result) {
    this.process = process;
    this.output = output;
    this.result = result;
  }

  /** The arguments, and those of the least effort. */
  static String[] shortly(String... arguments) {
    return Stream.concat(Stream.of(arguments), SHORT.stream()).toArray(String[]::new);
  }

  static BenchProcess start(Path directory, String... arguments) throws IOException {
    return start(directory, Map.of(), arguments);
  }

  static BenchProcess start(Path directory, Map<String, String> environment, String... arguments)
      throws IOException {
    Path result = directory.resolve("result.json");
    Path output = directory.resolve("output");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    // Others on this machine may run JMH too.
    command.add("-Djmh.ignoreLock=true");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(BenchMain.class.getName());
    command.addAll(List.of("--out", result.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(Launcher.signalEnvironment());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new BenchProcess(builder.start(), output, result);
  }

  static BenchProcess run(Path directory, String... arguments) throws Exception {
    BenchProcess run = start(directory, arguments);
    run.await();
    return run;
  }

  BenchProcess await() throws Exception {
    if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      process.destroy();
      throw new AssertionError("not over after " + DEADLINE_SECONDS + " s:\n" + output());
    }
    return this;
  }

  Process process() {
    return process;
  }

  String output() throws IOException {
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  ResultFile result() throws IOException {
    assertEquals(0, process.exitValue(), output());
    return read();
  }

  Path file() {
    return result;
  }

  ResultFile read() {
    return ResultFiles.read(result);
  }

  void assertRefused(String... parts) throws IOException {
    assertEquals(2, process.exitValue(), output());
    for (String part : parts) {
      assertTrue(output().contains(part), output());
    }
    assertTrue(!Files.exists(result), "a result was written");
  }
}
