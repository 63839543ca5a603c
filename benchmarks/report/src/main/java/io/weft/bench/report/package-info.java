/** Result files of benchmarks, their statistics, and the page made of them. */
package io.weft.bench.report;
