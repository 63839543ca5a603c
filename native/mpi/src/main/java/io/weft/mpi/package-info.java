/**
 * MPI from Java: {@link io.weft.mpi.Mpi#initialize} opens libmpi, whichever is there, and {@link
 * io.weft.mpi.Comm} communicates between native buffers.
 */
package io.weft.mpi;
