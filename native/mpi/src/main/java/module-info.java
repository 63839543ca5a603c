/** libmpi from Java: Open MPI and MPICH, found at run time. */
module io.weft.mpi {
  requires io.weft.ffi;
  requires transitive io.weft.launch;

  exports io.weft.mpi;
}
