/**
 * What all benchmarks share, and that of single calls into C. {@code driver} is what {@code
 * scripts/bench} starts; {@code ranks} is what JMH's forks run; {@code peer} has the libraries that
 * are measured, {@code program} those that are programs in C; {@code series} are programs in turns.
 */
package io.weft.bench;
