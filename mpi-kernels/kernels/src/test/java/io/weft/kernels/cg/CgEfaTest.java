package io.weft.kernels.cg;

import io.weft.launch.MpiVendor;
import io.weft.testing.EfaVariants;
import io.weft.testing.MultiRank;

/** CG over EFA: a card where there is one, else the software device with and without faults. */
@MultiRank(
    mpis = MpiVendor.OPEN_MPI,
    ranks = {2, 4},
    variantProvider = EfaVariants.class,
    deadlineSeconds = 300)
class CgEfaTest extends CgRanksTest {}
