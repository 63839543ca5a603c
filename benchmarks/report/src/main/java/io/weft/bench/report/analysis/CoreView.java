package io.weft.bench.report.analysis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Which rounds are compared, by how the two cores of a pair were connected meanwhile. On some
 * virtual machines that changes for seconds at a time, and short messages then take several times
 * as long: a median over both says nothing of either.
 *
 * @param cores {@code near} or {@code far}; empty for all rounds
 * @param mixed whether all rounds are taken though they are of several modes, for want of one that
 *     every cell has
 */
public record CoreView(String cores, boolean mixed) {
  /** All rounds, which are of one mode. */
  public static final CoreView ALL = new CoreView("", false);

  /** A second mode is shown where each cell has so many rounds of it that they have a middle. */
  private static final int ROUNDS_OF_SECOND = 3;

  /**
   * Chooses what to show of cells that are compared.
   *
   * @param compared at least one
   * @return {@link #ALL} if all rounds are of one mode; else each of near and far that all cells
   *     have rounds of, the one with more rounds first and the other only if each cell has three;
   *     else all rounds, mixed
   */
  public static List<CoreView> of(Collection<RunCell> compared) {
    long modes =
        compared.stream()
            .flatMap(cell -> cell.rounds().stream())
            .map(round -> round.round().cores())
            .distinct()
            .count();
    if (modes == 1) {
      return List.of(ALL);
    }
    List<CoreView> common = new ArrayList<>();
    common.add(new CoreView("near", false));
    common.add(new CoreView("far", false));
    common.removeIf(view -> view.fewest(compared) == 0);
    common.sort(Comparator.comparingInt((CoreView view) -> -view.fewest(compared)));
    if (common.isEmpty()) {
      return List.of(new CoreView("", true));
    }
    if (common.size() == 2 && common.getLast().fewest(compared) < ROUNDS_OF_SECOND) {
      common.removeLast();
    }
    return List.copyOf(common);
  }

  private int fewest(Collection<RunCell> cells) {
    return cells.stream().mapToInt(cell -> cell.rounds(this).size()).min().orElse(0);
  }

  /** Whether a round of the mode is one of these. */
  boolean takes(String mode) {
    return cores.isEmpty() || cores.equals(mode);
  }

  /**
   * The view in words.
   *
   * @return empty where there is but one
   */
  public String title() {
    return mixed ? "core modes mixed" : cores.isEmpty() ? "" : cores + " cores";
  }
}
