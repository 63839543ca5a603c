package io.weft.bench.report;

import java.util.List;

/**
 * One cell: all rounds of one thing.
 *
 * @param key what was measured
 * @param quantity what it is read as
 * @param perOperation bytes, messages or arithmetic operations of one operation, for {@link
 *     Quantity#BANDWIDTH}, {@link Quantity#RATE} and {@link Quantity#SPEED}; 1 for {@link
 *     Quantity#TIME}
 * @param operation what one operation is, such as {@code half round trip}
 * @param operationsPerBatch how many were timed together
 * @param found what carried the messages
 * @param rounds at least one
 */
public record Cell(
    CellKey key,
    Quantity quantity,
    double perOperation,
    String operation,
    int operationsPerBatch,
    Found found,
    List<Round> rounds) {
  /** Copies the list. */
  public Cell {
    rounds = List.copyOf(rounds);
  }
}
