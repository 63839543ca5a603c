package io.weft.comm;

import io.weft.launch.MpiVendor;
import io.weft.testing.MultiRank;

/** The contract over libfabric. */
@MultiRank(
    mpis = MpiVendor.OPEN_MPI,
    variants = {
      "libfabric/shm/shm/weft-shm;pieces",
      "libfabric/shm/shm/weft-shm;read",
      "libfabric/shm/shm/shm",
      "libfabric/ena/same",
      "libfabric/ena/same/tcp;ofi_rxm"
    },
    sampled = {"weft-shm;read", "tcp;ofi_rxm", "3 ranks", "4 ranks"},
    deadlineSeconds = 120,
    jvm = AllocationContract.CUSTOMIZE)
class FabricCommunicatorTest extends CommunicatorContract {}
