package io.weft.kernels;

import io.weft.launch.MpiVendor;
import io.weft.testing.EfaVariants;
import io.weft.testing.MultiRank;

/**
 * The kernels over EFA: a card where there is one, else the software device with and without
 * faults.
 */
@MultiRank(
    mpis = MpiVendor.OPEN_MPI,
    ranks = {2, 4},
    variantProvider = EfaVariants.class,
    jvm = "--add-modules=jdk.incubator.vector",
    deadlineSeconds = 300)
class KernelEfaTest extends KernelRanksTest {}
