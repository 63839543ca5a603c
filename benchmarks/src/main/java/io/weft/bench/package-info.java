/** JMH benchmarks; started by {@code scripts/bench}. */
package io.weft.bench;
