package io.weft.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Says what went wrong in a job, for people. */
final class JobReport {
  private static final int TAIL_LINES = 200;
  private static final int TAIL_BYTES = 1 << 20;
  private static final int FIRST_SIGNAL_STATUS = 128;

  /** The signals that end a process in practice (signal(7), x86-64 and AArch64 alike). */
  private static final List<String> SIGNALS =
      List.of(
          "", "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE",
          "SIGKILL", "SIGUSR1", "SIGSEGV", "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM");

  private final JobResult result;
  private final Path kept;

  /**
   * Reports a job.
   *
   * @param result how it went
   * @param kept where its files are for people to read
   */
  JobReport(JobResult result, Path kept) {
    this.result = result;
    this.kept = kept;
  }

  /** The whole message of a failed method; its first line can stand alone. */
  String of(String method) {
    StringBuilder text = new StringBuilder();
    text.append(result.plan().cell().displayName()).append(": ").append(headline(method));
    for (int rank = 0; rank < result.ranks(); rank++) {
      text.append("\n  rank ").append(rank).append(": ").append(state(rank, method));
    }
    for (int rank = 0; rank < result.ranks(); rank++) {
      RankEvent ending = result.ending(rank, method);
      if (ending != null && ending.kind() == RankEvent.Kind.FAILED) {
        section(text, "rank " + rank + " threw", "[" + rank + "] ", ending.trace());
      }
      for (RankEvent event : result.events().get(rank)) {
        if (event.kind() == RankEvent.Kind.EXITED) {
          section(text, "rank " + rank + " exited", "[" + rank + "] ", event.trace());
        }
      }
      if (result.stacks().containsKey(rank)) {
        section(text, "rank " + rank + " was here", "[" + rank + "] ", result.stacks().get(rank));
      }
    }
    for (int rank = 0; rank < result.ranks(); rank++) {
      String output = RankStacks.withoutStacks(read(result.plan().files().output(rank)));
      section(text, "rank " + rank + " printed", "[" + rank + "] ", output);
    }
    section(text, "mpirun printed", "", read(result.plan().files().launcherOutput()));
    if (!result.survivors().isEmpty()) {
      text.append("\nCould not be ended, and still run: processes ").append(result.survivors());
    }
    text.append("\nStarted as: ").append(String.join(" ", result.command()));
    text.append("\nFiles: ").append(kept).append('\n');
    return text.toString();
  }

  private String headline(String method) {
    String where = method.equals(RankEvent.CLOSE) ? "close(), after all methods" : method;
    List<String> threw = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    String first = null;
    String reason = null;
    for (int rank = 0; rank < result.ranks(); rank++) {
      RankEvent ending = result.ending(rank, method);
      if (ending != null && ending.kind() == RankEvent.Kind.FAILED) {
        threw.add(Integer.toString(rank));
        first = first == null ? ending.message() : first;
      } else if (ending != null && ending.kind() == RankEvent.Kind.SKIPPED) {
        skipped.add(Integer.toString(rank));
        reason = ending.message();
      }
    }
    if (!threw.isEmpty()) {
      return ranks(threw) + " of " + result.ranks() + " failed in " + where + ": " + first;
    }
    int lost = result.lost();
    if (lost >= 0) {
      String what = result.current(lost) == null ? "its start" : result.current(lost);
      return "rank " + lost + " " + ending(lost) + " in " + what;
    }
    if (result.end() == JobResult.End.DEADLINE) {
      return where
          + " did not end: no rank began or ended anything for "
          + result.plan().deadlineNanos() / 1e9
          + " s";
    }
    if (!skipped.isEmpty() && skipped.size() < result.ranks()) {
      return "only " + ranks(skipped) + " skipped " + where + ": " + reason;
    }
    return "mpirun ended with status " + result.launcherStatus() + " in " + where;
  }

  private static String ranks(List<String> ranks) {
    return (ranks.size() == 1 ? "rank " : "ranks ") + String.join(", ", ranks);
  }

  private String state(int rank, String method) {
    RankEvent ending = result.ending(rank, method);
    if (ending != null) {
      return switch (ending.kind()) {
        case FAILED -> "failed: " + ending.message();
        case SKIPPED -> "skipped: " + ending.message();
        default -> "passed" + (ownEnd(rank) ? ", then " + ending(rank) : "");
      };
    }
    String current = result.current(rank);
    String end = ownEnd(rank) ? ending(rank) : "had not ended, was ended with the job";
    return end + (current == null ? ", had not begun" : ", in " + current);
  }

  private boolean ownEnd(int rank) {
    return result.statuses().containsKey(rank) && !result.isWell(rank);
  }

  private String ending(int rank) {
    for (RankEvent event : result.events().get(rank)) {
      if (event.kind() == RankEvent.Kind.EXITED) {
        return "called System.exit";
      }
    }
    String crash = crash(rank);
    if (crash != null) {
      return "crashed: " + crash;
    }
    int status = result.statuses().get(rank);
    int signal = status - FIRST_SIGNAL_STATUS;
    if (signal > 0) {
      String name = signal < SIGNALS.size() ? SIGNALS.get(signal) : "signal " + signal;
      return "was killed by " + name;
    }
    return "ended with status " + status;
  }

  /** What the JVM says of its crash, such as a signal and where; null if it did not crash. */
  private String crash(int rank) {
    if (result.events().get(rank).isEmpty()) {
      return null;
    }
    long pid = result.events().get(rank).getFirst().pid();
    for (String line : read(result.plan().files().crash(Long.toString(pid))).split("\n")) {
      // The heading says it in the second of the lines that have more than a mark.
      if (line.startsWith("#  ")) {
        return line.substring(1).strip();
      }
    }
    return null;
  }

  private static void section(StringBuilder text, String title, String prefix, String body) {
    if (body.isBlank()) {
      return;
    }
    List<String> lines = Arrays.asList(body.stripTrailing().split("\n"));
    int from = Math.max(0, lines.size() - TAIL_LINES);
    text.append("\n--- ").append(title);
    if (from > 0) {
      text.append(" (the last ").append(TAIL_LINES).append(" lines)");
    }
    text.append(
        lines.subList(from, lines.size()).stream()
            .map(line -> "\n" + prefix + line)
            .collect(Collectors.joining()));
  }

  private static String read(Path file) {
    try {
      return FileText.end(file, TAIL_BYTES);
    } catch (IOException failed) {
      return "(" + file + " cannot be read: " + failed + ")";
    }
  }
}
