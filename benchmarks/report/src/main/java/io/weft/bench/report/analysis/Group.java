package io.weft.bench.report.analysis;

import java.util.List;
import java.util.Map;

/**
 * Cells that may share axes: one benchmark on one number of ranks, over networks of one section.
 *
 * @param section where it is shown
 * @param network the one network that all crossed; empty in {@link Section#HARDWARE}, where both
 *     are side by side
 * @param benchmark its name
 * @param parameters what else tells it apart
 * @param ranks how many
 * @param views by core mode; the cells of each in order of via and size
 */
public record Group(
    Section section,
    String network,
    String benchmark,
    Map<String, String> parameters,
    int ranks,
    List<View> views) {
  /**
   * The statistics of all cells of a group, over the rounds of one core mode.
   *
   * @param mode which rounds
   * @param cells in order of via, network and size
   */
  public record View(CoreView mode, List<CellStatistics> cells) {
    /** Copies the list. */
    public View {
      cells = List.copyOf(cells);
    }
  }

  /** Copies the list. */
  public Group {
    views = List.copyOf(views);
  }
}
