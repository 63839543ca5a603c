package io.weft.bench.report;

/**
 * How single operations of one round were distributed, in nanoseconds. Each was timed by itself, so
 * that these hold the cost of reading the clock once.
 *
 * @param p50 the median
 * @param p90 nine in ten took at most this
 * @param p99 99 in a hundred
 * @param p999 999 in a thousand
 * @param max the longest
 */
public record Percentiles(double p50, double p90, double p99, double p999, double max) {}
