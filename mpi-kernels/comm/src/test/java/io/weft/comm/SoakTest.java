package io.weft.comm;

import io.weft.launch.MpiVendor;
import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankFixture;
import io.weft.testing.RankTest;

/**
 * Ten million messages of random lengths and tags, received with and without wild cards, each byte
 * of them checked; a sample of them where tests must be short.
 */
@MultiRank(
    mpis = MpiVendor.OPEN_MPI,
    ranks = 2,
    variants = {"libfabric/shm", "libfabric/ena/same"},
    deadlineSeconds = 1500)
class SoakTest implements RankFixture {
  private static final long SEED = 20_261_121;
  private static final int ROUND = 500;
  private static final int LONG_MESSAGES = 10_000_000;
  private static final int MESSAGES = 20_000;

  /** Rounds between two lines of progress. */
  private static final int REPORT = 2_000;

  private RankContext context;
  private Job job;
  private Communicator communicator;

  @Override
  public void open(RankContext rankContext) {
    context = rankContext;
    job = Job.start();
    communicator = Way.of(context.variant()).open(job);
  }

  @Override
  public void close() {
    communicator.close();
    job.close();
  }

  @RankTest
  void everyByteOfEveryMessageArrivesOnce() {
    int rounds = (context.longRun() ? LONG_MESSAGES : MESSAGES) / ROUND;
    for (int round = 0; round < rounds; round++) {
      long seed = SEED + round;
      try {
        new RandomMix(communicator, seed, ROUND).run();
      } catch (Throwable failed) {
        throw new AssertionError("with seed " + seed + ": " + failed.getMessage(), failed);
      }
      if ((round + 1) % REPORT == 0 && communicator.rank() == 0) {
        System.out.println((round + 1) * ROUND + " messages");
      }
      communicator.barrier();
    }
  }
}
