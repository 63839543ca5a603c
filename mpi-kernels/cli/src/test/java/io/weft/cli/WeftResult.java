package io.weft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * How a command ended.
 *
 * @param arguments after {@code weft}
 * @param status the exit status
 * @param out its standard output
 * @param err its standard error, and its ranks'
 * @param seconds from start to end
 * @param directory where it worked
 */
record WeftResult(
    List<String> arguments, int status, String out, String err, double seconds, Path directory) {
  /** What weft says of a run that goes well. */
  private static final Pattern PROGRESS =
      Pattern.compile(
          "weft: (Open MPI \\d|MPICH \\d|network |each rank: |bundle |round \\d|resumed after step"
              + " \\d|\\w+ [\\w-]+ \\d+ of \\d+).*");

  private static final Pattern RANK = Pattern.compile("rank \\d+: ");

  /** No message may take longer, on a machine with other things to do. */
  private static final double FAIL_SECONDS = 20;

  /** What weft says of a run that goes wrong. */
  List<String> errors() {
    return err.lines()
        .filter(line -> line.startsWith("weft: ") && !PROGRESS.matcher(line).matches())
        .toList();
  }

  /** Good: the status, and nothing to complain about. */
  WeftResult assertOk() {
    assertEquals(0, status, this::toString);
    assertEquals(List.of(), errors(), this::toString);
    assertFalse(err.contains("WARNING"), this::toString);
    return this;
  }

  /** One message that has all these words, no stack trace, and soon. */
  WeftResult assertFails(int expectedStatus, String... words) {
    assertEquals(expectedStatus, status, this::toString);
    assertSaysOnce(words);
    assertFalse(err.contains("\tat "), () -> "a stack trace for what a user can mend: " + this);
    assertTrue(seconds < FAIL_SECONDS * Load.patience(), this::toString);
    return this;
  }

  /** One message that has all these words. */
  WeftResult assertSaysOnce(String... words) {
    List<String> said = errors();
    if (!Load.isUsual()) {
      // Ranks that come late may say it once more, or another rank than the first.
      said =
          said.stream()
              .map(line -> RANK.matcher(line).replaceFirst("rank 0: "))
              .distinct()
              .toList();
    }
    assertEquals(1, said.size(), () -> "messages " + errors() + " of " + this);
    String message = said.getFirst();
    for (String word : words) {
      assertTrue(
          message.contains(word),
          () -> "\"" + word + "\" is not in \"" + message + "\" of " + this);
    }
    return this;
  }

  JsonNode json() {
    return Json.MAPPER.readTree(out);
  }

  @Override
  public String toString() {
    return "weft %s%nexit status %d after %.1f s in %s%nstandard output:%n%s%nstandard error:%n%s"
        .formatted(String.join(" ", arguments), status, seconds, directory, out, err);
  }
}
