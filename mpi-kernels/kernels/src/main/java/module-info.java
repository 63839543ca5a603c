/** Parallel programs with published answers. */
module io.weft.kernels {
  requires transitive io.weft.comm;
  // Only the kernels that say so in jvmModules() need it, and only where they run.
  requires static jdk.incubator.vector;

  exports io.weft.kernels;
  exports io.weft.kernels.timed;

  uses io.weft.kernels.Kernel;
}
