package io.weft.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankFixture;
import io.weft.testing.RankTest;

/**
 * MPI ends, over every network, also where ranks have only met in barriers: MPICH over TCP hangs in
 * {@code MPI_Finalize} then, if it is not helped.
 */
@MultiRank(
    variants = {"mpi/auto", "mpi/shm", "mpi/ena/same"},
    deadlineSeconds = 30)
class FinalizeTest implements RankFixture {
  private static final int BARRIERS = 101;

  private Mpi mpi;

  @Override
  public void open(RankContext context) {
    mpi = Mpi.initialize(ThreadLevel.FUNNELED);
  }

  @Override
  public void close() {
    mpi.close();
  }

  @RankTest
  void endsAfterBarriersAlone(RankContext context) {
    for (int i = 0; i < BARRIERS; i++) {
      mpi.world().barrier();
    }
    assertEquals(context.size(), mpi.world().size());
  }
}
