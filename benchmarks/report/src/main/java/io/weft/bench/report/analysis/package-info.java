/** What result files say: sections, statistics of cells, ratios, crossovers, caveats. */
package io.weft.bench.report.analysis;
