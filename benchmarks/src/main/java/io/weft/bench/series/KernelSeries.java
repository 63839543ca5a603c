package io.weft.bench.series;

import io.weft.bench.CoreMode;
import io.weft.kernels.cg.CgContest;
import io.weft.kernels.ep.EpContest;
import io.weft.kernels.ft.FtContest;
import io.weft.kernels.is.IsContest;
import io.weft.kernels.jacobi2d.HeatContest;
import io.weft.kernels.mg.MgContest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Kernels' hot loops in Java and in C; started by {@code scripts/bench kernels}. */
public final class KernelSeries {
  private static final String USAGE =
      """
      Usage: scripts/bench kernels [--turns N] [--seconds S] [--only TEXT]

      The hot loops of the kernels on one core, in Java and in C (gcc -O3 -march=native), for classes W and A: N turns
      (default 15) of S seconds (default 0.1) each, alternating within one process after a warm-up of twenty slices.
      Prints a table per loop: nanoseconds for a point, key, element or pair, median (least to most), and time over C's in
      the same turn. TEXT takes only the loops whose title contains it, such as 'mg' or 'class W'. What both came to is
      compared first.
      """;

  private static final double MOST_DIFFERENCE = 1e-10;
  private static final int WARMING = 20;

  private final SeriesOptions options;
  private final Figures figures = new Figures();

  private KernelSeries(SeriesOptions options) {
    this.options = options;
  }

  /**
   * Measures and prints.
   *
   * @param arguments see {@code --help}
   * @throws IOException if Java and C come to different results
   */
  public static void main(String[] arguments) throws IOException {
    SeriesOptions options = SeriesOptions.parse(arguments, USAGE, 15, "0.1", "0");
    if (options != null) {
      new KernelSeries(options).run();
    }
  }

  /** Made one after the other: each holds its arrays twice. */
  private static Map<String, Supplier<Contest>> contests() {
    Map<String, Supplier<Contest>> all = new TreeMap<>();
    for (String problemClass : List.of("W", "A")) {
      List<Supplier<Contest>> ofClass = new ArrayList<>(MgContest.ofClass(problemClass));
      ofClass.add(() -> new CgContest(problemClass));
      ofClass.add(() -> new EpContest(problemClass));
      ofClass.add(() -> new FtContest(problemClass));
      ofClass.add(() -> new HeatContest(problemClass));
      ofClass.add(() -> new IsContest(problemClass));
      List<String> titles = new ArrayList<>(MgContest.titles(problemClass));
      for (String loop :
          List.of("cg product", "ep batch", "ft transform", "jacobi2d step", "is ranking")) {
        titles.add(loop + ", class " + problemClass);
      }
      for (int i = 0; i < titles.size(); i++) {
        all.put(titles.get(i), ofClass.get(i));
      }
    }
    return all;
  }

  private void run() throws IOException {
    Map<String, Supplier<Contest>> taken = contests();
    taken.keySet().removeIf(title -> !title.contains(options.only()));
    if (taken.isEmpty()) {
      System.err.println("--only " + options.only() + ": no loop's title contains it. There are:");
      contests().keySet().forEach(title -> System.err.println("  " + title));
      System.exit(2);
    }
    for (Map.Entry<String, Supplier<Contest>> each : taken.entrySet()) {
      System.err.println(each.getKey());
      measure(each.getKey(), each.getValue().get());
    }
    System.out.print(figures.print(Unit.PER_ITEM));
  }

  private void measure(String title, Contest contest) throws IOException {
    contest.java();
    contest.c();
    double difference = contest.difference();
    if (!(difference <= MOST_DIFFERENCE)) {
      throw new IOException(title + ": Java and C differ by " + difference);
    }
    double[] last = {1e6, 1e6};
    for (int turn = -WARMING; turn < options.turns(); turn++) {
      take(title, "C", contest, contest::c, turn, last, 0);
      take(title, "Java", contest, contest::java, turn, last, 1);
    }
  }

  private void take(
      String title,
      String column,
      Contest contest,
      Runnable loop,
      int turn,
      double[] last,
      int which)
      throws IOException {
    long count = (long) (Double.parseDouble(options.seconds()) * 1e9 / last[which]) + 1;
    long start = System.nanoTime();
    for (long i = 0; i < count; i++) {
      loop.run();
    }
    last[which] = (double) (System.nanoTime() - start) / count;
    if (turn >= 0) {
      Sample sample = new Sample(turn, last[which], "compared", 0, CoreMode.Pairing.NEAR);
      figures.add(title, column, contest.size(), sample);
    }
  }
}
