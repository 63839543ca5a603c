package io.weft.bench.peer;

import io.weft.launch.MpiVendor;
import io.weft.testing.MultiRank;
import io.weft.testing.Variant;
import io.weft.testing.VariantProvider;
import java.util.ArrayList;
import java.util.List;

/** Two ranks over each library and network. */
@MultiRank(
    ranks = 2,
    mpis = MpiVendor.OPEN_MPI,
    variantProvider = PairPeersTest.Libraries.class,
    deadlineSeconds = 300,
    jvm = {PairPeersCase.AGRONA, "-Xmx400m"})
class PairPeersTest extends PairPeersCase {
  /** Names the variants. */
  static final class Libraries implements VariantProvider {
    @Override
    public List<Variant> variants(MpiVendor mpi) {
      List<String> names =
          new ArrayList<>(List.of("nio/ena", "aeron/shm", "aeron/ena", "jucx/shm", "jucx/ena"));
      if (Boolean.getBoolean("weft.long")) {
        names.add("aeron-dedicated/ena");
      } else {
        System.out.println(
            "[skipped] PairPeersTest: three threads of Aeron in each rank: with -Dweft.long=true");
      }
      return PairPeersCase.variants(names);
    }
  }
}
