/**
 * JMH benchmarks, and series of programs in C and Java in turns; started by {@code scripts/bench}.
 */
package io.weft.bench;
