package io.weft.comm;

import io.weft.launch.MpiVendor;
import io.weft.testing.EfaVariants;
import io.weft.testing.MultiRank;

/**
 * The contract over EFA: a card where there is one, else the software device, which also lets
 * messages overtake each other and receivers not be ready. MPICH's UCX knows no EFA.
 */
@MultiRank(
    mpis = MpiVendor.OPEN_MPI,
    ranks = {2, 4},
    variantProvider = EfaVariants.class,
    sampled = "4 ranks",
    deadlineSeconds = 120,
    jvm = AllocationContract.CUSTOMIZE)
class EfaCommunicatorTest extends CommunicatorContract {}
