/**
 * FT of the NAS Parallel Benchmarks: a partial differential equation solved by three-dimensional
 * fast Fourier transforms, whose transposes move all data between all ranks.
 *
 * <p>Problem and verification follow Bailey et al., <i>The NAS Parallel Benchmarks</i>, RNR-94-007,
 * chapter "Kernel FT"; classes and what is timed, NPB 3.4.
 */
package io.weft.kernels.ft;
