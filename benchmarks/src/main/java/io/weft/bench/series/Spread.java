package io.weft.bench.series;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What stands in brackets behind a median. */
enum Spread {
  /** The least and the most: for few turns. */
  RANGE,
  /** The lower and the upper quartile: for many turns, of which some meet a machine that waits. */
  QUARTILES;

  double least(List<Double> values) {
    return this == RANGE ? Collections.min(values) : quantile(values, 1);
  }

  double most(List<Double> values) {
    return this == RANGE ? Collections.max(values) : quantile(values, 3);
  }

  private static double quantile(List<Double> values, int quarters) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    double place = quarters * (sorted.size() - 1) / 4.0;
    int below = (int) place;
    int above = Math.min(below + 1, sorted.size() - 1);
    return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
  }
}
