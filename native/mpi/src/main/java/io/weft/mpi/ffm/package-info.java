/** libmpi under its C names; not exported. Objects over it are in {@link io.weft.mpi}. */
package io.weft.mpi.ffm;
