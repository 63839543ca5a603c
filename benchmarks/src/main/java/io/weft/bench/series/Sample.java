package io.weft.bench.series;

import io.weft.bench.CoreMode;

/**
 * One figure of one turn.
 *
 * @param turn which
 * @param nanos what an operation took
 * @param checksum of the bytes that it brought
 * @param allocatedBytes per operation, on the Java heap of rank 0
 * @param mode how the cores were paired
 */
record Sample(
    int turn, double nanos, String checksum, double allocatedBytes, CoreMode.Pairing mode) {}
