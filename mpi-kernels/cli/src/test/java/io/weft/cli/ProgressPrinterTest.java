package io.weft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Progress, by a clock of our own. */
class ProgressPrinterTest {
  private static final long SECOND = 1_000_000_000L;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long now = 17 * SECOND;

  private ProgressPrinter printer(int columns) {
    return new ProgressPrinter(
        "cg", columns, () -> now, new PrintStream(bytes, true, StandardCharsets.UTF_8));
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  @DisplayName("plain lines: the first of each phase, then one in five seconds")
  void plain() {
    try (ProgressPrinter printer = printer(0)) {
      printer.at("matrix", 0, 1);
      now += 2 * SECOND;
      printer.at("matrix", 1, 1);
      for (int iteration = 1; iteration <= 24; iteration++) {
        now += SECOND / 2;
        printer.at("iteration", iteration, 25);
      }
    }
    assertEquals(
        List.of(
            "weft: cg matrix 0 of 1",
            "weft: cg iteration 1 of 25",
            "weft: cg iteration 11 of 25, 2.00/s, 7 s left",
            "weft: cg iteration 21 of 25, 2.00/s, 2 s left"),
        text().lines().toList());
  }

  @Test
  @DisplayName("a residual is shown where there is one, and computed only then")
  void residual() {
    int[] asked = {0};
    try (ProgressPrinter printer = printer(0)) {
      for (int iteration = 1; iteration <= 12; iteration++) {
        now += SECOND / 2;
        int of = iteration;
        printer.at("iteration", iteration, 12, "residual", () -> 0.5 / (++asked[0] * of));
      }
    }
    assertEquals(
        List.of(
            "weft: cg iteration 1 of 12, residual 5.00e-01",
            "weft: cg iteration 11 of 12, residual 2.27e-02, 2.00/s, 1 s left"),
        text().lines().toList());
    assertEquals(2, asked[0]);
  }

  @Test
  @DisplayName("a bar shows it once a second")
  void residualOfBar() {
    int[] asked = {0};
    try (ProgressPrinter printer = printer(100)) {
      for (int iteration = 1; iteration <= 12; iteration++) {
        now += SECOND / 4;
        printer.at("iteration", iteration, 12, "residual", () -> 0.25 / ++asked[0]);
      }
    }
    assertEquals(3, asked[0]);
    assertTrue(text().contains("residual 8.33e-02"), text());
  }

  @Test
  @DisplayName("a kernel that stands still has no rate")
  void still() {
    try (ProgressPrinter printer = printer(0)) {
      printer.at("iteration", 3, 24);
      now += 6 * SECOND;
      printer.at("iteration", 3, 24);
    }
    assertEquals(
        List.of("weft: cg iteration 3 of 24", "weft: cg iteration 3 of 24"),
        text().lines().toList());
  }

  @Test
  @DisplayName("a bar no wider than the terminal, one for each phase, whole at its end")
  void bar() {
    int columns = 70;
    try (ProgressPrinter printer = printer(columns)) {
      printer.at("matrix", 1, 1);
      for (int iteration = 1; iteration <= 10; iteration++) {
        printer.at("iteration", iteration, 10);
      }
    }
    List<String> drawn = Stream.of(text().split("[\r\n]+")).filter(s -> !s.isBlank()).toList();
    assertTrue(drawn.stream().allMatch(bar -> bar.length() < columns), drawn::toString);
    assertTrue(drawn.getFirst().startsWith("cg matrix "), drawn::toString);
    assertTrue(drawn.getLast().startsWith("cg iteration 100% ["), drawn::toString);
    assertTrue(drawn.getLast().contains(" 10/10 "), drawn::toString);
    assertEquals(2, text().chars().filter(c -> c == '\n').count(), "lines: " + text());
    assertFalse(text().contains("weft:"), text());
  }
}
