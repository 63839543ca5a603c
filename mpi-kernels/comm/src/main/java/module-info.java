/** Ranks that exchange messages, over MPI and over libfabric. */
module io.weft.comm {
  requires io.weft.ffi;
  requires transitive io.weft.launch;
  requires transitive io.weft.mpi;
  requires io.weft.fabric;
  // At run time only where the JVM is told to load it; reductions are faster by it.
  requires static jdk.incubator.vector;

  exports io.weft.comm;
}
