/** The API of Open MPI's Java bindings, package {@code mpi}, over any MPI. */
module io.weft.mpi.dropin {
  requires io.weft.ffi;
  requires io.weft.mpi;

  exports mpi;
}
