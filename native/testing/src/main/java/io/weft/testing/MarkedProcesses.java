package io.weft.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The processes of a job, known by a mark in their environment (proc(5), /proc/pid/environ). */
final class MarkedProcesses {
  private final String mark;

  MarkedProcesses(String job) {
    mark = JobFiles.MARK_VARIABLE + "=" + job;
  }

  /** All that run now. Ended ones that nobody has waited for have no environment and count not. */
  List<Long> running() {
    List<Long> found = new ArrayList<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process : (Iterable<Path>) processes::iterator) {
        String name = process.getFileName().toString();
        if (name.chars().allMatch(Character::isDigit) && isOurs(Long.parseLong(name))) {
          found.add(Long.parseLong(name));
        }
      }
    } catch (IOException noProc) {
      throw new IllegalStateException("cannot list /proc to find what a job left", noProc);
    }
    return found;
  }

  /** Whether a process number still belongs to the job. */
  boolean isOurs(long pid) {
    try {
      byte[] environment = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "environ"));
      String text = new String(environment, StandardCharsets.ISO_8859_1);
      return Arrays.asList(text.split("\0")).contains(mark);
    } catch (IOException goneOrNotOurs) {
      return false;
    }
  }

  /**
   * Kills what runs.
   *
   * @param seconds how long to look again
   * @return what still runs; empty if all is well
   */
  List<Long> kill(int seconds) throws InterruptedException {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (true) {
      List<Long> left = running();
      if (left.isEmpty() || System.nanoTime() > end) {
        return left;
      }
      for (long pid : left) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      }
      Thread.sleep(50);
    }
  }
}
