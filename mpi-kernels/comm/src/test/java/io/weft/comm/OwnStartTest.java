package io.weft.comm;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.weft.launch.Intra;
import io.weft.launch.MpiVendor;
import io.weft.launch.Network;
import io.weft.launch.Via;
import io.weft.testing.MultiRank;
import io.weft.testing.RankTest;
import io.weft.testing.Variant;
import io.weft.testing.VariantProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The contract where ranks find each other without MPI: {@code mpirun} serves as a way to start
 * processes and no more.
 */
@MultiRank(
    mpis = MpiVendor.OPEN_MPI,
    variantProvider = OwnStartTest.Ways.class,
    sampled = {"ena", "3 ranks", "4 ranks"},
    deadlineSeconds = 120,
    jvm = AllocationContract.CUSTOMIZE)
class OwnStartTest extends CommunicatorContract {
  /** Each with an address and a secret of its own. */
  public static final class Ways implements VariantProvider {
    private static final List<Variant> VARIANTS = ways();

    /** JUnit's JVM makes one. */
    public Ways() {}

    @Override
    public List<Variant> variants(MpiVendor mpi) {
      return VARIANTS; // A variant of another secret would be another cell.
    }

    private static List<Variant> ways() {
      Variant rings = way("libfabric/shm");
      Variant tcp = way("libfabric/ena/same");
      if (Boolean.getBoolean("weft.long")) {
        return List.of(rings, tcp, way("libfabric/efa/same"));
      }
      System.out.println("[skipped] our own start over efa: in long runs (-Dweft.long=true)");
      return List.of(rings, tcp);
    }

    private static Variant way(String name) {
      byte[] secret = new byte[16];
      RandomGenerator.getDefault().nextBytes(secret);
      return Variant.of(name)
          .withEnvironment(
              Map.of(
                  "WEFT_RENDEZVOUS",
                  "127.0.0.1:" + FreePort.any(),
                  "WEFT_SECRET",
                  HexFormat.of().formatHex(secret)));
    }
  }

  @RankTest
  void noMpiIsLoaded() throws IOException {
    comm().barrier();
    for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
      assertFalse(line.contains("libmpi") || line.contains("libopen-"), line);
    }
    assertThrows(
        CommunicatorException.class, () -> job().open(Via.MPI, Network.AUTO, Intra.SHM, null));
  }
}
