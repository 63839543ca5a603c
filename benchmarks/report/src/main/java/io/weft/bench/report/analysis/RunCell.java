package io.weft.bench.report.analysis;

import io.weft.bench.report.Cell;
import io.weft.bench.report.CellKey;
import java.util.List;

/**
 * A cell with all its rounds, from all files of its run.
 *
 * @param cell what was measured, without its rounds
 * @param rounds all
 */
public record RunCell(Cell cell, List<RunRound> rounds) {
  /** Copies the list. */
  public RunCell {
    rounds = List.copyOf(rounds);
  }

  /**
   * What was measured.
   *
   * @return the cell's key
   */
  public CellKey key() {
    return cell.key();
  }

  /**
   * What carried the messages.
   *
   * @return the network as found
   */
  public String network() {
    return cell.found().network();
  }

  /**
   * Where it is shown.
   *
   * @return by the network found
   */
  public Section section() {
    return Section.of(cell);
  }

  /**
   * The rounds of a core mode.
   *
   * @param mode which
   * @return those that the view takes
   */
  public List<RunRound> rounds(CoreView mode) {
    return rounds.stream().filter(r -> mode.takes(r.round().cores())).toList();
  }

  /** The same words for the same cell, in every file and JVM. */
  String identity() {
    CellKey key = key();
    return String.join(
        "|",
        key.benchmark(),
        key.parameters().toString(),
        key.via(),
        key.network(),
        Long.toString(key.bytes()),
        Integer.toString(key.ranks()));
  }
}
