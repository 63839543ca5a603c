/**
 * Starting ranks: which MPI is installed, and the {@code mpirun} command line for a network. The
 * names of the two axes, {@link io.weft.launch.Via} and {@link io.weft.launch.Network}, live here
 * because everything above uses them.
 */
package io.weft.launch;
