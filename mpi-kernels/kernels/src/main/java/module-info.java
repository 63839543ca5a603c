/** Parallel programs with published answers. */
module io.weft.kernels {
  requires transitive io.weft.comm;

  exports io.weft.kernels;

  uses io.weft.kernels.Kernel;

  provides io.weft.kernels.Kernel with
      io.weft.kernels.cg.CgKernel;
}
