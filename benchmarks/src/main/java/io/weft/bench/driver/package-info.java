/** Measures cells in shuffled rounds, each fork a job of its own, and merges what they bring. */
package io.weft.bench.driver;
