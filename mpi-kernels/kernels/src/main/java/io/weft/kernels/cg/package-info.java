/**
 * CG of the NAS Parallel Benchmarks: the smallest eigenvalue of a sparse matrix by inverse
 * iteration with conjugate gradients, on a two-dimensional grid of ranks.
 *
 * <p>Problem, matrix generator and verification follow Bailey et al., <i>The NAS Parallel
 * Benchmarks</i>, RNR-94-007, chapter "Kernel CG"; the distribution follows Bailey et al., <i>The
 * NAS Parallel Benchmarks 2.0</i>, NAS-95-020.
 */
package io.weft.kernels.cg;
