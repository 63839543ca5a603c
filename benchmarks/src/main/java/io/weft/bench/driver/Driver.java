package io.weft.bench.driver;

import io.weft.bench.CoreMode;
import io.weft.bench.Folders;
import io.weft.bench.peer.AeronDirectories;
import io.weft.bench.report.Quantity;
import io.weft.launch.LaunchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Starts every cell once in each round, in an order of the seed's, one job after the other. */
final class Driver {
  private final BenchOptions options;
  private final Jobs jobs;
  private final Effort effort;
  private final SampleFile samples;
  private final Collected collected = new Collected();
  private long started;
  private int done;

  Driver(BenchOptions options, Jobs jobs, Effort effort, SampleFile samples) {
    this.samples = samples;
    this.options = options;
    this.jobs = jobs;
    this.effort = effort;
  }

  /** Measures all; what there is after each round is saved. */
  Collected run(Cells cells) throws IOException, InterruptedException {
    cells.unsupported().forEach(collected::absent);
    NetworkHere networks = new NetworkHere(jobs.isOneHost());
    List<CellPlan> plans = new ArrayList<>();
    for (CellPlan plan : cells.plans()) {
      String missing = plan.isAcrossRanks() ? networks.missing(plan.network()) : null;
      if (missing == null) {
        plans.add(plan);
      } else {
        collected.absent(plan.key(), missing);
      }
    }
    AeronDirectories.sweep();
    started = System.nanoTime();
    boolean complete = false;
    int total = plans.size() * options.rounds();
    try (CoreMode cores = new CoreMode();
        NativeFork inC = new NativeFork(effort, jobs, options.deadlineSeconds())) {
      JavaFork inJava = new JavaFork(options.jmh(), effort, jobs, options.deadlineSeconds());
      for (int round = 1; round <= options.rounds(); round++) {
        List<CellPlan> order = new ArrayList<>(plans);
        Collections.shuffle(order, new Random(options.seed() + round));
        for (CellPlan cell : order) {
          done++;
          if (!collected.isOver(cell)) {
            measure(cell, round, total, cores, inJava, inC);
          }
        }
        if (round < options.rounds()) {
          samples.saveForNow(collected);
        }
      }
      complete = true;
    } finally {
      AeronDirectories.sweep();
      if (!complete) {
        samples.saveForNow(collected);
      }
    }
    return collected;
  }

  private void measure(
      CellPlan cell, int round, int total, CoreMode cores, JavaFork inJava, NativeFork inC)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("weft-bench");
    try {
      double before = cores.measure();
      Forked fork =
          cell.isAcrossRanks() && !cell.via().isJava()
              ? inC.run(cell, directory)
              : inJava.run(cell, directory);
      String pairing = cores.between(before, cores.measure()).name().toLowerCase(Locale.ROOT);
      if (fork.absent() != null) {
        collected.absent(cell.key(), fork.absent());
        say(round, total, cell, "absent: " + fork.absent());
        return;
      }
      collected.add(cell, round, pairing, fork);
      double typical = fork.nanos().stream().sorted().toList().get(fork.nanos().size() / 2);
      say(round, total, cell, figure(cell, fork, typical) + ", cores " + pairing);
    } catch (LaunchException cannot) {
      collected.absent(cell.key(), cannot.getMessage());
      say(round, total, cell, "absent: " + cannot.getMessage());
    } catch (FailedFork failed) {
      if (ForkEnd.isEnding()) {
        samples.saveForNow(collected);
        Thread.currentThread().join(); // Until the process is gone.
      }
      collected.failed(cell, failed.getMessage());
      say(round, total, cell, "FAILED\n" + failed.getMessage());
    } finally {
      Folders.remove(directory);
      AeronDirectories.sweep();
    }
  }

  private static String figure(CellPlan cell, Forked fork, double nanos) {
    Quantity quantity = cell.pattern() == null ? Quantity.TIME : cell.pattern().quantity();
    if (cell.pattern() == null && cell.isAcrossRanks()) {
      return "%,.0f Mop/s".formatted(fork.operations() * 1e3 / nanos);
    }
    double moved =
        cell.pattern() == null
            ? 1
            : cell.pattern().perOperation(cell.key().bytes(), cell.key().ranks());
    return switch (quantity) {
      case TIME, SPEED -> "%,.1f ns".formatted(nanos);
      case BANDWIDTH -> "%.3f GB/s".formatted(moved / nanos);
      case RATE -> "%.3f M messages/s".formatted(moved * 1e3 / nanos);
    };
  }

  private void say(int round, int total, CellPlan cell, String what) {
    double seconds = (System.nanoTime() - started) * 1e-9;
    System.err.printf(
        "bench: %d of %d (round %d, %s left): %s: %s%n",
        done, total, round, left(seconds / done * (total - done)), cell, what);
  }

  private static String left(double seconds) {
    return seconds < 100
        ? "%.0f s".formatted(seconds)
        : "%.0f min".formatted(Math.ceil(seconds / 60));
  }
}
