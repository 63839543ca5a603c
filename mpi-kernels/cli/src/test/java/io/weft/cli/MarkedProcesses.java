package io.weft.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processes of one start, known by a mark in their environment (proc(5)), whoever's children.
 */
final class MarkedProcesses {
  static final String VARIABLE = "WEFT_CLI_TEST";

  private final String mark = UUID.randomUUID().toString();

  String mark() {
    return mark;
  }

  /** Those that run now. One that has ended and nobody has waited for has no environment. */
  List<Long> running() {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .map(p -> p.getFileName().toString())
          .filter(name -> name.chars().allMatch(Character::isDigit))
          .map(Long::parseLong)
          .filter(pid -> mark.equals(environment(pid).get(VARIABLE)))
          .toList();
    } catch (IOException noProc) {
      throw new IllegalStateException("cannot list /proc", noProc);
    }
  }

  /** The JVMs of ranks that run, by rank. */
  Map<Integer, Long> ranks() {
    Map<Integer, Long> result = new TreeMap<>();
    for (long pid : running()) {
      Map<String, String> environment = environment(pid);
      String rank = environment.getOrDefault("OMPI_COMM_WORLD_RANK", environment.get("PMI_RANK"));
      List<String> command = commandLine(pid);
      if (rank != null && !command.isEmpty() && command.getFirst().endsWith("/java")) {
        result.put(Integer.parseInt(rank), pid);
      }
    }
    return result;
  }

  static List<String> commandLine(long pid) {
    String text = read(pid, "cmdline");
    return text.isEmpty() ? List.of() : List.of(text.split("\0"));
  }

  /** What runs, for a failure's message. */
  String describe() {
    return running().stream()
        .map(pid -> pid + " " + abbreviated(commandLine(pid)))
        .collect(Collectors.joining("\n  "));
  }

  /** Asks every JVM for its stacks, which go to its standard output. */
  void printStacks() throws InterruptedException {
    for (long pid : running()) {
      if (commandLine(pid).getFirst().endsWith("java")) {
        Signals.send("QUIT", pid);
      }
    }
    Thread.sleep(1000);
  }

  /** Waits for all to end by themselves. */
  boolean haveEndedIn(double seconds) throws InterruptedException {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    while (!running().isEmpty()) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(20);
    }
    return true;
  }

  void kill() throws InterruptedException {
    do {
      running().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    } while (!haveEndedIn(0.2));
  }

  private static String abbreviated(List<String> command) {
    String text = String.join(" ", command);
    return text.length() < 300 ? text : text.substring(0, 300) + " ...";
  }

  private static Map<String, String> environment(long pid) {
    return Arrays.stream(read(pid, "environ").split("\0"))
        .filter(variable -> variable.indexOf('=') > 0)
        .collect(
            Collectors.toMap(
                v -> v.substring(0, v.indexOf('=')),
                v -> v.substring(v.indexOf('=') + 1),
                (first, second) -> first));
  }

  private static String read(long pid, String file) {
    try {
      byte[] bytes = Files.readAllBytes(Path.of("/proc", Long.toString(pid), file));
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException goneOrNotOurs) {
      return "";
    }
  }
}
