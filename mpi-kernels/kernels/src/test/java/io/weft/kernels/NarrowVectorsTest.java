package io.weft.kernels;

import io.weft.launch.MpiVendor;
import io.weft.testing.MultiRank;

/** The kernels with vectors of 128 bits, which is what Graviton and the like have. */
@MultiRank(
    mpis = MpiVendor.OPEN_MPI,
    ranks = 2,
    variants = "mpi/shm",
    jvm = {
      "--add-modules=jdk.incubator.vector",
      "-XX:+IgnoreUnrecognizedVMOptions",
      "-XX:UseAVX=0"
    },
    deadlineSeconds = 300)
class NarrowVectorsTest extends KernelRanksTest {}
