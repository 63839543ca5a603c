/** libmpi from Java: Open MPI, MPICH, and the standard ABI of MPI-5.0, found at run time. */
@SuppressWarnings("module") // the drop-in depends on this module, so it cannot be seen from here
module io.weft.mpi {
  requires io.weft.ffi;
  requires transitive io.weft.launch;

  exports io.weft.mpi;
  exports io.weft.mpi.ffm to
      io.weft.mpi.dropin;
}
