package io.weft.bench.report;

/**
 * A cell that could not be filled.
 *
 * @param key what was to be measured
 * @param reason why it was not, for a reader
 */
public record AbsentCell(CellKey key, String reason) {}
