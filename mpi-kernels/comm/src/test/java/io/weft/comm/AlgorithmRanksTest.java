package io.weft.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.weft.launch.MpiVendor;
import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankFixture;
import io.weft.testing.RankTest;
import io.weft.testing.Variant;
import io.weft.testing.VariantProvider;
import java.util.List;
import java.util.Map;

/**
 * The algorithms of collectives between processes that reduce by vectors, and the variables that
 * choose them.
 */
@MultiRank(
    mpis = MpiVendor.OPEN_MPI,
    variantProvider = AlgorithmRanksTest.Ways.class,
    deadlineSeconds = 120,
    jvm = "--add-modules=jdk.incubator.vector")
class AlgorithmRanksTest implements RankFixture {
  private Job job;
  private FabricCommunicator comm;

  /** Rings, and TCP with variables set. */
  public static final class Ways implements VariantProvider {
    /** JUnit's JVM makes one. */
    public Ways() {}

    @Override
    public List<Variant> variants(MpiVendor mpi) {
      return List.of(
          Variant.of("libfabric/shm"),
          Variant.of("libfabric/ena/same")
              .withEnvironment(
                  Map.of(
                      "WEFT_ALLREDUCE",
                      "rabenseifner",
                      "WEFT_REDUCE_SCATTER",
                      "recursive-halving")));
    }
  }

  @Override
  public void open(RankContext context) {
    job = Job.start();
    comm = (FabricCommunicator) Way.of(context.variant()).open(job);
  }

  @Override
  public void close() {
    comm.close();
    job.close();
  }

  @RankTest
  void everyAlgorithmMeetsTheFormulas() {
    AlgorithmCases.check(comm);
  }

  @RankTest
  void variablesNameTheAlgorithmsWhereTheyRun() {
    if (System.getenv("WEFT_ALLREDUCE") == null) {
      // What only a variable asks for: short vectors by Rabenseifner's.
      assertNotEquals(Algorithm.RABENSEIFNER, comm.algorithm(Collective.ALLREDUCE, 8));
      return;
    }
    assertEquals(Algorithm.RABENSEIFNER, comm.algorithm(Collective.ALLREDUCE, 8));
    Algorithm blocks = comm.algorithm(Collective.REDUCE_SCATTER, 1 << 30);
    boolean runs = Integer.bitCount(comm.size()) == 1;
    assertEquals(runs ? Algorithm.RECURSIVE_HALVING : Algorithm.PAIRWISE, blocks);
  }
}
