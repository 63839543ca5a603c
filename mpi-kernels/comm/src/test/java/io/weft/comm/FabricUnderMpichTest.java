package io.weft.comm;

import io.weft.launch.MpiVendor;
import io.weft.testing.MultiRank;

/** The contract over libfabric where MPICH brings the ranks together. */
@MultiRank(
    mpis = MpiVendor.MPICH,
    ranks = 2,
    variants = "libfabric/ena/same",
    deadlineSeconds = 120,
    jvm = AllocationContract.CUSTOMIZE)
class FabricUnderMpichTest extends CommunicatorContract {}
