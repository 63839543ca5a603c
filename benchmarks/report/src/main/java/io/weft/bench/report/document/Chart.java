package io.weft.bench.report.document;

import java.util.List;

/**
 * A chart, and the table that says the same.
 *
 * @param kind {@code lines}, or {@code dots} beside words on the vertical axis
 * @param caption what it shows
 * @param alternative what it shows, in words, for who cannot see it
 * @param horizontal the horizontal axis
 * @param vertical the vertical axis
 * @param reference where a line is drawn across, such as 1 for ratios; 0 for none
 * @param series at least one
 * @param table the same numbers
 */
public record Chart(
    String kind,
    String caption,
    String alternative,
    Axis horizontal,
    Axis vertical,
    double reference,
    List<Series> series,
    Table table)
    implements Block {
  /** Copies the list. */
  public Chart {
    series = List.copyOf(series);
  }
}
