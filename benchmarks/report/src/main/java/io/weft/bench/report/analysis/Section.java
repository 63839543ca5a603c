package io.weft.bench.report.analysis;

import io.weft.bench.report.Cell;

/**
 * The parts of a report that share no axes, by what the network was found to be. What a cell asked
 * for decides nothing.
 */
public enum Section {
  /** EFA and ENA on cards: the only two that are compared with each other. */
  HARDWARE("EFA and ENA"),
  /** The memory that ranks of one host share. */
  SHARED_MEMORY("Shared memory"),
  /** One rank alone, which crossed nothing. */
  ALONE("One rank alone"),
  /** An emulated device, TCP that is not on an ENA card, what nobody knows, and mixtures. */
  ELSEWHERE("Emulated devices and other networks"),
  /** What a call costs that sends nothing. */
  CALLS("Calls from Java into C");

  /** What a report calls Amazon's Elastic Fabric Adapter, found on a card. */
  public static final String EFA = "efa";

  /** What a report calls TCP on Amazon's Elastic Network Adapter. */
  public static final String ENA = "ena";

  private final String title;

  Section(String title) {
    this.title = title;
  }

  /**
   * The section that a cell belongs to.
   *
   * @param cell measured
   * @return by its benchmark where it sends nothing, else by the network found
   */
  public static Section of(Cell cell) {
    if (cell.key().benchmark().equals(Patterns.CALL_COST)) {
      return CALLS;
    }
    return switch (cell.found().network()) {
      case EFA, ENA -> HARDWARE;
      case "shm" -> SHARED_MEMORY;
      case "self" -> ALONE;
      default -> ELSEWHERE;
    };
  }

  /**
   * The heading.
   *
   * @return for a reader
   */
  public String title() {
    return title;
  }
}
