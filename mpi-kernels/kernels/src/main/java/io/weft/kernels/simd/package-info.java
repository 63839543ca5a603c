/** The widths of vectors that loops use. */
package io.weft.kernels.simd;
