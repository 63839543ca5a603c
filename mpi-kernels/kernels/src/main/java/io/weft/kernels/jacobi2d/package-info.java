/**
 * A heat equation on a square: the smallest kernel, which {@code docs/writing-a-kernel.md} builds
 * step by step.
 */
package io.weft.kernels.jacobi2d;
