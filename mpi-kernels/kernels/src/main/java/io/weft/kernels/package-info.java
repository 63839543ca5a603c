/** Parallel programs with published answers, written to {@link io.weft.comm.Communicator}. */
package io.weft.kernels;
