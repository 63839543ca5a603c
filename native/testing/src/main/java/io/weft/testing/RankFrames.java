package io.weft.testing;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Takes from stack traces what every rank's ends with: how this package calls a test method. */
final class RankFrames {
  private static final Pattern OURS =
      Pattern.compile(
          "(java\\.lang\\.invoke\\.|java\\.lang\\.reflect\\.|jdk\\.internal\\.reflect\\.|"
              + "io\\.weft\\.testing\\.RankMain\\b).*");

  private RankFrames() {}

  /** Shortens an exception and its causes. */
  static void cut(Throwable thrown) {
    // A chain of causes can be a circle.
    int depth = 0;
    for (Throwable t = thrown; t != null && depth < 20; t = t.getCause(), depth++) {
      List<StackTraceElement> frames = Arrays.asList(t.getStackTrace());
      int end = frames.size();
      while (end > 0 && isOurs(frames.get(end - 1).getClassName() + ".")) {
        end--;
      }
      // What was thrown by this package alone keeps its frames.
      if (end > 0) {
        t.setStackTrace(frames.subList(0, end).toArray(StackTraceElement[]::new));
      }
    }
  }

  /** Shortens a thread of a thread dump. */
  static String cut(String thread) {
    List<String> lines = Arrays.asList(thread.stripTrailing().split("\n"));
    int end = lines.size();
    while (end > 0 && isOurs(lines.get(end - 1).strip().replaceFirst("^at ", ""))) {
      end--;
    }
    boolean anyLeft = lines.subList(0, end).stream().anyMatch(line -> line.startsWith("\tat "));
    return anyLeft ? String.join("\n", lines.subList(0, end)) : thread;
  }

  private static boolean isOurs(String frame) {
    return OURS.matcher(frame).matches();
  }
}
