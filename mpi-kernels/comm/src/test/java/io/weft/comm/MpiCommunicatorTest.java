package io.weft.comm;

import io.weft.testing.MultiRank;

/** The contract over libmpi: both MPIs, as they are and over each network. */
@MultiRank(
    variants = {"mpi/auto", "mpi/shm", "mpi/ena/same"},
    deadlineSeconds = 120,
    jvm = AllocationContract.CUSTOMIZE)
class MpiCommunicatorTest extends CommunicatorContract {}
