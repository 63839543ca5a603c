package io.weft.testing.toys;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weft.launch.MpiVendor;
import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankFixture;
import io.weft.testing.RankTest;
import io.weft.testing.Variant;
import io.weft.testing.VariantProvider;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** Classes whose fixture is the matter. */
public final class FixtureToys {
  private FixtureToys() {}

  /** Two methods that pass. */
  abstract static class Two implements RankFixture {
    @Override
    public void open(RankContext context) throws Exception {}

    @Override
    public void close() throws Exception {}

    @RankTest
    void a() {}

    @RankTest
    void b() {}
  }

  /** Cannot be opened on rank 1. */
  @MultiRank(ranks = 2, mpis = MpiVendor.MPICH)
  public static class OpenFails extends Two {
    /** Each rank makes one. */
    public OpenFails() {}

    @Override
    public void open(RankContext context) {
      if (context.rank() == 1) {
        throw new IllegalStateException("no library");
      }
    }
  }

  /** Skips everything. */
  @MultiRank(ranks = 2, mpis = MpiVendor.OPEN_MPI)
  public static class OpenSkips extends Two {
    /** Each rank makes one. */
    public OpenSkips() {}

    @Override
    public void open(RankContext context) {
      assumeTrue(false, "no device");
    }
  }

  /** Goes wrong after the last method. */
  @MultiRank(ranks = 2, mpis = MpiVendor.OPEN_MPI)
  public static class CloseFails extends Two {
    /** Each rank makes one. */
    public CloseFails() {}

    @Override
    public void close() {
      throw new IllegalStateException("a request is open");
    }
  }

  /** Leaves a process behind, and a variant that sets a variable. */
  @MultiRank(ranks = 1, variantProvider = Leaves.class)
  public static class LeavesProcess extends Two {
    /** Each rank makes one. */
    public LeavesProcess() {}

    @Override
    public void open(RankContext context) throws Exception {
      new ProcessBuilder("sleep", "1000").start();
      if (!context.variant().equals(System.getenv("WEFT_TOY_VARIANT"))) {
        throw new IllegalStateException(System.getenv("WEFT_TOY_VARIANT"));
      }
    }
  }

  /** Gives each MPI a variant of its own. */
  public static final class Leaves implements VariantProvider {
    /** JUnit's JVM makes one. */
    public Leaves() {}

    @Override
    public List<Variant> variants(MpiVendor mpi) {
      String name = "of " + mpi;
      return List.of(Variant.of(name).withEnvironment(Map.of("WEFT_TOY_VARIANT", name)));
    }
  }

  /** Expects JUnit to call a method that no rank would. */
  @MultiRank(ranks = 1)
  public static class HasLifeCycle extends Two {
    /** Nobody makes one. */
    public HasLifeCycle() {}

    @BeforeEach
    void before() {}
  }
}
