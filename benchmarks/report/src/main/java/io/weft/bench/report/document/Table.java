package io.weft.bench.report.document;

import java.util.ArrayList;
import java.util.List;

/**
 * A table.
 *
 * @param caption what it holds
 * @param columns the heads
 * @param words how many columns from the left hold words; the others hold numbers
 * @param rows the texts of each row
 */
public record Table(String caption, List<String> columns, int words, List<List<String>> rows)
    implements Block {
  /** Copies the lists. */
  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /**
   * Leaves columns of words out that say nothing in any row.
   *
   * @return a table with fewer columns, or the same
   */
  Table withoutEmptyColumns() {
    List<Integer> kept = new ArrayList<>();
    int keptWords = 0;
    for (int i = 0; i < columns.size(); i++) {
      int column = i;
      if (rows.stream().anyMatch(row -> !row.get(column).isEmpty())) {
        kept.add(i);
        keptWords += i < words ? 1 : 0;
      }
    }
    return new Table(
        caption,
        kept.stream().map(columns::get).toList(),
        keptWords,
        rows.stream().map(row -> kept.stream().map(row::get).toList()).toList());
  }
}
