/** Ranks that exchange messages, over MPI and over libfabric. */
module io.weft.comm {
  requires io.weft.ffi;
  requires transitive io.weft.launch;
  requires transitive io.weft.mpi;
  requires io.weft.fabric;

  exports io.weft.comm;
}
