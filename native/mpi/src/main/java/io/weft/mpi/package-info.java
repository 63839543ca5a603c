/**
 * MPI from Java: {@link io.weft.mpi.Mpi#initialize} opens libmpi, whichever is there, and {@link
 * io.weft.mpi.Comm} communicates between buffers in native memory; calls that block take arrays
 * too, as {@link java.lang.foreign.MemorySegment#ofArray}, and copy them.
 *
 * <p>Memory of {@link java.lang.foreign.Arena#ofAuto} stays while libmpi may touch it, also where
 * the program itself has forgotten it: calls that block keep their buffers reachable until they
 * return, requests, windows and files until what they began is over. An arena that is closed by
 * hand while an operation is under way in its memory is the program's mistake.
 */
package io.weft.mpi;
