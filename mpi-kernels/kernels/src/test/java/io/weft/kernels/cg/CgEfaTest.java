package io.weft.kernels.cg;

import io.weft.launch.MpiVendor;
import io.weft.testing.MultiRank;

/** CG over EFA: a card where there is one, else the software device with and without faults. */
@MultiRank(
    mpis = MpiVendor.OPEN_MPI,
    ranks = {2, 4},
    variants = {
      "mpi/efa/same",
      "mpi/efa/same with reorder=64,rnr=5%",
      "libfabric/efa/same",
      "libfabric/efa/same with reorder=8,rnr=5%",
      "libfabric/efa/same with reorder=64,rnr=5%"
    },
    deadlineSeconds = 300)
class CgEfaTest extends CgRanksTest {}
