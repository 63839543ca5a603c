package io.weft.bench.report.document;

import java.util.ArrayList;
import java.util.List;

/**
 * A curve, or a row of points.
 *
 * @param name for the legend
 * @param style how it is drawn
 * @param x places on the horizontal axis; of categories their numbers from 0
 * @param y the values
 * @param low the lower ends of their intervals; empty where there are none
 * @param high the upper ends
 */
public record Series(
    String name, Style style, List<Double> x, List<Double> y, List<Double> low, List<Double> high) {
  /**
   * How a curve is drawn; no two in a chart are told apart by colour alone.
   *
   * @param colour such as {@code #0072b2}
   * @param dash {@code solid}, {@code dash} or {@code dot}
   * @param symbol plotly's name of the marker
   */
  public record Style(String colour, String dash, String symbol) {}

  /** Copies the lists. */
  public Series {
    x = List.copyOf(x);
    y = List.copyOf(y);
    low = List.copyOf(low);
    high = List.copyOf(high);
  }

  /** Collects the points of a series. */
  static final class Points {
    private final List<Double> x = new ArrayList<>();
    private final List<Double> y = new ArrayList<>();
    private final List<Double> low = new ArrayList<>();
    private final List<Double> high = new ArrayList<>();

    void add(double place, double value) {
      x.add(place);
      y.add(value);
    }

    void add(double place, double value, double lowest, double highest) {
      add(place, value);
      low.add(lowest);
      high.add(highest);
    }

    Series series(String name, Style style) {
      return new Series(name, style, x, y, low, high);
    }
  }
}
