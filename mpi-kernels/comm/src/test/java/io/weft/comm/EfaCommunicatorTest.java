package io.weft.comm;

import io.weft.launch.MpiVendor;
import io.weft.testing.MultiRank;

/** The contract over EFA, where there is a device; MPICH's UCX knows none. */
@MultiRank(
    mpis = MpiVendor.OPEN_MPI,
    ranks = {2, 4},
    variants = {"mpi/efa/same", "libfabric/efa/same"},
    deadlineSeconds = 120,
    jvm = AllocationContract.CUSTOMIZE)
class EfaCommunicatorTest extends CommunicatorContract {}
