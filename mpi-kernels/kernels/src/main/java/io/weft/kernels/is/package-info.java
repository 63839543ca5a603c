/**
 * IS of the NAS Parallel Benchmarks: integer keys ranked by counting, each rank a range of keys.
 *
 * <p>Problem, key generator and verification follow Bailey et al., <i>The NAS Parallel
 * Benchmarks</i>, RNR-94-007, chapter "Kernel IS"; sizes and test keys are those of NPB 3.4.
 */
package io.weft.kernels.is;
