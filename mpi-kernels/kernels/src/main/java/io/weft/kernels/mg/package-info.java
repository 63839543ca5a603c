/**
 * MG of the NAS Parallel Benchmarks: a multigrid method for Poisson's equation on a periodic cube.
 *
 * <p>{@link io.weft.kernels.mg.Field} is a grid of one level in slabs, {@code StencilRows} has the
 * loops, {@code GridLevel} overlaps them with the exchange of halos, {@code Multigrid} is the
 * V-cycle.
 */
package io.weft.kernels.mg;
