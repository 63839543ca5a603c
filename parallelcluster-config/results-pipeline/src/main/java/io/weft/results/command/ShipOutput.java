package io.weft.results.command;

import io.weft.results.event.RunEvent;
import io.weft.results.ship.ShipWatcher;
import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How shipping goes: a bar on a terminal, lines elsewhere. Safe for several threads. */
final class ShipOutput implements ShipWatcher, AutoCloseable {
  private static final long MEBIBYTE = 1L << 20;

  private final PrintStream out;
  private final boolean terminal;
  private ProgressBar bar;
  private long total;
  private long done;
  private int tenths;

  ShipOutput(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public synchronized void begin(RunEvent event) {
    close();
    total = event.manifest().fileBytes();
    done = 0;
    tenths = 0;
    say("shipping " + event.bundle() + ", " + size(total));
    if (terminal) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("shipping")
              .setInitialMax(total)
              .setUnit("MiB", MEBIBYTE)
              .setStyle(ProgressBarStyle.ASCII)
              .build();
    }
  }

  @Override
  public synchronized void shipped(long bytes) {
    done += bytes;
    if (bar != null) {
      bar.stepTo(Math.min(done, total));
    } else if (total > 0 && done * 10 / total > tenths) {
      tenths = (int) (done * 10 / total);
      if (tenths < 10) {
        say(size(done) + " of " + size(total));
      }
    }
  }

  @Override
  public synchronized void end(RunEvent event, String outcome) {
    close();
    say(event.bundle() + ": " + outcome + " (" + event.id() + ")");
  }

  @Override
  public synchronized void say(String message) {
    // A user's file name may hold a line's end, which must not become a line of a log.
    out.println("weft results: " + message.replaceAll("\\p{Cntrl}+", " "));
    out.flush();
  }

  private static String size(long bytes) {
    return bytes < MEBIBYTE ? bytes + " bytes" : bytes / MEBIBYTE + " MiB";
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
