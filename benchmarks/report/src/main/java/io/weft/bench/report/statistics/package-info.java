/** Statistics of samples that come in rounds: medians, intervals, ratios, crossovers and tests. */
package io.weft.bench.report.statistics;
