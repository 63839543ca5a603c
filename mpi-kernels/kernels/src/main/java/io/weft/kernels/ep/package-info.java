/**
 * EP of the NAS Parallel Benchmarks: Gaussian deviates by the acceptance-rejection method, on ranks
 * that communicate only at the end.
 *
 * <p>Problem and verification follow Bailey et al., <i>The NAS Parallel Benchmarks</i>, RNR-94-007,
 * chapter "Kernel EP".
 */
package io.weft.kernels.ep;
