package io.weft.bench.peer;

import io.weft.launch.MpiVendor;
import io.weft.testing.MultiRank;
import io.weft.testing.Variant;
import io.weft.testing.VariantProvider;
import java.util.List;

/** Four ranks, which message rates have two pairs of, and other patterns two ranks with no part. */
@MultiRank(
    ranks = 4,
    mpis = MpiVendor.OPEN_MPI,
    variantProvider = MorePairsTest.Libraries.class,
    deadlineSeconds = 300,
    jvm = {PairPeersCase.AGRONA, "-Xmx400m"})
class MorePairsTest extends PairPeersCase {
  /** Names the variants. */
  static final class Libraries implements VariantProvider {
    @Override
    public List<Variant> variants(MpiVendor mpi) {
      if (Boolean.getBoolean("weft.long")) {
        return PairPeersCase.variants(
            List.of("nio/ena", "aeron/shm", "aeron/ena", "jucx/shm", "jucx/ena"));
      }
      System.out.println("[skipped] MorePairsTest: all but sockets: with -Dweft.long=true");
      return PairPeersCase.variants(List.of("nio/ena"));
    }
  }
}
