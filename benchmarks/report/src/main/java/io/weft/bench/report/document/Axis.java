package io.weft.bench.report.document;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * An axis of a chart.
 *
 * @param title with its unit
 * @param scale {@code log}, {@code linear} or {@code category}
 * @param low where it begins; 0 with {@code high} 0 where the chart decides
 * @param high where it ends
 * @param ticks where its marks are; empty where the chart decides
 * @param labels of the marks; of categories, all of them in order
 */
public record Axis(
    String title, String scale, double low, double high, List<Double> ticks, List<String> labels) {
  private static final int MOST_TICKS = 7;
  private static final double MARGIN = 1.15;

  /** Copies the lists. */
  public Axis {
    ticks = List.copyOf(ticks);
    labels = List.copyOf(labels);
  }

  /** An axis of words. */
  static Axis categories(String title, List<String> labels) {
    return new Axis(title, "category", 0, 0, List.of(), labels);
  }

  /** From 0 on. */
  static Axis linear(String title, double most) {
    return new Axis(title, "linear", 0, most * MARGIN, List.of(), List.of());
  }

  /** Message sizes, with marks at some of them. */
  static Axis sizes(DoubleStream bytes) {
    double[] all = bytes.distinct().sorted().toArray();
    int step = (all.length + MOST_TICKS - 1) / MOST_TICKS;
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; i < all.length; i += step) {
      ticks.add(all[i]);
    }
    return new Axis(
        "message size",
        "log",
        all[0] / MARGIN,
        all[all.length - 1] * MARGIN,
        ticks,
        ticks.stream().map(Numbers::bytes).toList());
  }

  /** Values more than 0, with marks at 1, 2 and 5 where few decades are seen, else at 1. */
  static Axis log(String title, DoubleStream values) {
    double[] all = values.sorted().toArray();
    double low = all[0] / MARGIN;
    double high = all[all.length - 1] * MARGIN;
    int[] digits = high / low > 300 ? new int[] {1} : new int[] {1, 2, 5};
    List<Double> ticks = new ArrayList<>();
    int last = (int) Math.floor(Math.log10(high));
    for (int power = (int) Math.floor(Math.log10(low)); power <= last; power++) {
      for (int digit : digits) {
        // Of an integer's text, for 10^-1 times 2 and the like would be no round numbers.
        double tick = Double.parseDouble(digit + "e" + power);
        if (tick >= low && tick <= high) {
          ticks.add(tick);
        }
      }
    }
    return new Axis(title, "log", low, high, ticks, ticks.stream().map(Numbers::plain).toList());
  }
}
