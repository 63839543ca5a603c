package io.weft.bench.report.compare;

import io.weft.bench.report.CellKey;
import java.util.List;

/**
 * Two result files compared.
 *
 * @param thresholdPercent changes up to this are small
 * @param level the probability that a comparison of equals finds any change at all
 * @param caveats what differs besides, a sentence each
 * @param changes of each cell that both have
 * @param onlyOld cells that the new file lacks
 * @param onlyNew cells that the old file lacks
 * @param unlike cells that both have and that are not the same, with the reason
 */
public record Comparison(
    double thresholdPercent,
    double level,
    List<String> caveats,
    List<CellChange> changes,
    List<CellKey> onlyOld,
    List<CellKey> onlyNew,
    List<Unlike> unlike) {
  /**
   * A cell that cannot be compared.
   *
   * @param key of the cell
   * @param reason why
   */
  public record Unlike(CellKey key, String reason) {}

  /** Copies the lists. */
  public Comparison {
    caveats = List.copyOf(caveats);
    changes = List.copyOf(changes);
    onlyOld = List.copyOf(onlyOld);
    onlyNew = List.copyOf(onlyNew);
    unlike = List.copyOf(unlike);
  }

  /**
   * The cells of a verdict.
   *
   * @param verdict which
   * @return in the files' order
   */
  public List<CellChange> of(CellChange.Verdict verdict) {
    return changes.stream().filter(change -> change.verdict() == verdict).toList();
  }

  /**
   * Whether a cell became slower beyond noise and past the threshold.
   *
   * @return whether any did
   */
  public boolean hasRegression() {
    return !of(CellChange.Verdict.REGRESSION).isEmpty();
  }

  /**
   * Whether the comparison can find anything.
   *
   * @return false if no cell is in both files, or none has rounds enough
   */
  public boolean canTell() {
    return changes.size() > of(CellChange.Verdict.CANNOT_TELL).size();
  }
}
