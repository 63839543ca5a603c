package io.weft.bench.report.analysis;

import io.weft.bench.report.Percentiles;

/**
 * How single operations of a cell were distributed.
 *
 * @param cell of which
 * @param view of which rounds
 * @param rounds that have percentiles
 * @param nanos the median over rounds of each percentile, but of the longest the longest
 */
public record PercentileStatistics(RunCell cell, CoreView view, int rounds, Percentiles nanos) {}
