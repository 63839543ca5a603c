/** What kernels of the NAS Parallel Benchmarks have in common. */
package io.weft.kernels.npb;
