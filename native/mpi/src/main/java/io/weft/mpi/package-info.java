/**
 * MPI from Java: {@link io.weft.mpi.Mpi#initialize} opens libmpi, whichever is there, and {@link
 * io.weft.mpi.Comm} communicates between native buffers.
 *
 * <p>A call that blocks does not itself keep its buffer reachable: memory of {@link
 * java.lang.foreign.Arena#ofAuto} must be in use by the program until the call has returned. That
 * of {@link io.weft.mpi.Mpi#allocate} and of arenas that are closed by hand stays.
 */
package io.weft.mpi;
