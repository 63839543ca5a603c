package io.weft.cli;

import io.weft.kernels.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows on rank 0 how far the kernel is: a bar where the front process has a terminal, else a plain
 * line every few seconds. Goes to standard error.
 */
final class ProgressPrinter implements Progress, AutoCloseable {
  /** Set by the front process if it has a terminal: the width to draw in. */
  private static final String COLUMNS_VARIABLE = "WEFT_TERMINAL_COLUMNS";

  private static final int DEFAULT_COLUMNS = 80;
  private static final int BAR_MILLIS = 200;
  private static final long LINE_NANOS = 5_000_000_000L;
  private static final long VALUE_NANOS = 1_000_000_000L;
  private static final double NANOS = 1e9;

  private final String name;
  private final int columns;
  private final LongSupplier nanoTime;
  private final PrintStream out;
  private String phase = "";
  private long phaseStart;
  private long phaseFirst;
  private long lastLine;
  private long lastValue;
  private ProgressBar bar;

  ProgressPrinter(String name, Map<String, String> environment) {
    this(
        name,
        Integer.parseInt(environment.getOrDefault(COLUMNS_VARIABLE, "0")),
        System::nanoTime,
        System.err);
  }

  /**
   * Makes one.
   *
   * @param name of the kernel
   * @param columns of the terminal; 0 if there is none
   * @param nanoTime the clock for plain lines
   * @param out where to
   */
  ProgressPrinter(String name, int columns, LongSupplier nanoTime, PrintStream out) {
    this.name = name;
    this.columns = columns;
    this.nanoTime = nanoTime;
    this.out = out;
  }

  /** What the front process tells the ranks of its terminal; a rank has only a pipe. */
  static Map<String, String> environmentOfThisTerminal() {
    if (!isTerminal(Path.of("/proc/self/fd/2"))) {
      return Map.of();
    }
    String width = System.getenv("COLUMNS");
    boolean usable = width != null && width.matches("[1-9]\\d{1,3}");
    return Map.of(COLUMNS_VARIABLE, usable ? width : Integer.toString(DEFAULT_COLUMNS));
  }

  /** {@code System.console} would ask for standard input and output, which may be redirected. */
  private static boolean isTerminal(Path descriptor) {
    try {
      String device = Files.readSymbolicLink(descriptor).toString();
      return device.startsWith("/dev/pts/") || device.matches("/dev/(tty|console).*");
    } catch (IOException closed) {
      return false;
    }
  }

  @Override
  public void at(String newPhase, long done, long total) {
    at(newPhase, done, total, null, null);
  }

  @Override
  public void at(String newPhase, long done, long total, String quantity, DoubleSupplier value) {
    if (columns > 0) {
      drawBar(newPhase, done, total, quantity, value);
    } else {
      printLine(newPhase, done, total, quantity, value);
    }
  }

  @Override
  public void says(String sentence) {
    close();
    out.println("weft: " + sentence);
  }

  private void drawBar(
      String newPhase, long done, long total, String quantity, DoubleSupplier value) {
    if (bar == null || !newPhase.equals(phase)) {
      close();
      phase = newPhase;
      bar =
          new ProgressBarBuilder()
              .setTaskName(name + " " + phase)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(BAR_MILLIS)
              .showSpeed()
              .setConsumer(
                  new DelegatingProgressBarConsumer(line -> out.print("\r" + line), columns - 1))
              .build();
    }
    long now = nanoTime.getAsLong();
    if (quantity != null && now - lastValue >= VALUE_NANOS) {
      lastValue = now;
      bar.setExtraMessage(said(quantity, value));
    }
    bar.stepTo(done);
  }

  private void printLine(
      String newPhase, long done, long total, String quantity, DoubleSupplier value) {
    long now = nanoTime.getAsLong();
    boolean first = !newPhase.equals(phase);
    if (!first && now - lastLine < LINE_NANOS) {
      return;
    }
    if (first) {
      phase = newPhase;
      phaseStart = now;
      phaseFirst = done;
    }
    lastLine = now;
    out.println(
        "weft: "
            + name
            + " "
            + phase
            + " "
            + done
            + " of "
            + total
            + (quantity == null ? "" : ", " + said(quantity, value))
            + rate(now, done, total));
  }

  private static String said(String quantity, DoubleSupplier value) {
    return String.format(Locale.ROOT, "%s %.2e", quantity, value.getAsDouble());
  }

  /** From the first step that was told of: what came before it is not known. */
  private String rate(long now, long done, long total) {
    if (done <= phaseFirst) {
      return "";
    }
    double perSecond = (done - phaseFirst) / ((now - phaseStart) / NANOS);
    return String.format(
        Locale.ROOT, ", %.2f/s, %.0f s left", perSecond, (total - done) / perSecond);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      out.println();
      bar = null;
    }
  }
}
