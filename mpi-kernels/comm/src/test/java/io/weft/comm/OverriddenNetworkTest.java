package io.weft.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.Intra;
import io.weft.launch.MpiVendor;
import io.weft.launch.Network;
import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankTest;
import io.weft.testing.Variant;
import io.weft.testing.VariantProvider;
import java.util.List;
import java.util.Map;

/**
 * Variables set behind Weft's back: what is reported is what messages cross, whatever was asked
 * for, or opening fails and names the variable.
 */
@MultiRank(ranks = 2, variantProvider = OverriddenNetworkTest.Overrides.class)
class OverriddenNetworkTest {
  /** Words of a variant's name: the way that is asked for, and what becomes of it. */
  private static final String BUT = " but ";

  /** Names the cells. */
  public static final class Overrides implements VariantProvider {
    /** JUnit's JVM makes one. */
    public Overrides() {}

    @Override
    public List<Variant> variants(MpiVendor mpi) {
      return switch (mpi) {
        case OPEN_MPI ->
            List.of(
                asked(Network.SHM, "tcp (lo)", "OMPI_MCA_btl", "tcp,self"),
                asked(Network.ENA, "shm", "OMPI_MCA_btl", "vader,self"),
                asked(Network.AUTO, "tcp (lo)", "OMPI_MCA_btl", "tcp,self"),
                libfabric("libfabric/ena/same but FI_PROVIDER", "shm"),
                libfabric("libfabric/shm/same/shm but FI_PROVIDER", "tcp"));
        case MPICH ->
            List.of(
                asked(Network.SHM, "tcp (lo)", "UCX_TLS", "tcp,self"),
                asked(Network.ENA, "shm", "UCX_TLS", "posix,sysv,cma,self"),
                asked(Network.AUTO, "tcp (lo)", "UCX_TLS", "tcp,self"));
      };
    }

    private static Variant asked(Network network, String found, String name, String value) {
      Map<String, String> variables = Map.of(name, value);
      String words = "mpi/" + network + "/same" + BUT + found;
      return new Variant(words, network, Intra.SAME, variables, List.of());
    }

    private static Variant libfabric(String words, String provider) {
      return Variant.of(words).withEnvironment(Map.of("FI_PROVIDER", provider));
    }
  }

  @RankTest
  void foundIsWhatMessagesCross(RankContext context) {
    String[] words = context.variant().split(BUT);
    Way way = Way.of(words[0]);
    try (Job job = Job.start()) {
      if (words[1].equals("FI_PROVIDER")) {
        CommunicatorException refusal =
            assertThrows(CommunicatorException.class, () -> way.open(job));
        assertTrue(refusal.getMessage().contains("FI_PROVIDER"), refusal.getMessage());
        return;
      }
      Communicator comm = way.open(job);
      Transport found = comm.transport();
      assertEquals(words[1], found.network(), found.toString());
      assertEquals(words[1], found.intra(), found.toString());
      comm.close();
    }
  }
}
