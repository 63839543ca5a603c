package io.weft.bench.report;

/**
 * How it was measured.
 *
 * @param rounds how often each cell was to be started
 * @param warmups iterations that do not count, in each fork
 * @param warmupSeconds how long each is
 * @param iterations that count, in each fork
 * @param iterationSeconds how long each is
 * @param seed of the order of cells within rounds
 * @param pinned whether each rank was bound to a core of its own where there were enough
 */
public record Method(
    int rounds,
    int warmups,
    double warmupSeconds,
    int iterations,
    double iterationSeconds,
    long seed,
    boolean pinned) {}
