package io.weft.comm;

import io.weft.testing.MultiRank;

/** The contract over libmpi: both MPIs, over each network. */
@MultiRank(
    variantProvider = MpiVariants.class,
    sampled = {"MPICH", "3 ranks", "4 ranks"},
    deadlineSeconds = 120,
    jvm = AllocationContract.CUSTOMIZE)
class MpiCommunicatorTest extends CommunicatorContract {}
