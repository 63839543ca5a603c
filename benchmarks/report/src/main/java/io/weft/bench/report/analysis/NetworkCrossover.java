package io.weft.bench.report.analysis;

import io.weft.bench.report.statistics.Crossover;

/**
 * Where EFA's and ENA's curves of one library cross.
 *
 * @param efa a cell of EFA's curve, which names benchmark, parameters, via and ranks
 * @param view of which rounds
 * @param smallest the smallest size that both have, in bytes
 * @param largest the largest
 * @param rounds of the shortest cell
 * @param crossover what was found; the first curve is EFA's
 */
public record NetworkCrossover(
    RunCell efa, CoreView view, long smallest, long largest, int rounds, Crossover crossover) {}
