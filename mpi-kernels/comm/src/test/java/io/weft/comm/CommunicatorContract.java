package io.weft.comm;

import io.weft.launch.Network;
import io.weft.testing.RankContext;
import io.weft.testing.RankFixture;

/** All that {@link Communicator} promises, on the way that the cell's variant names. */
abstract class CommunicatorContract
    implements RankFixture,
        PointToPointContract,
        MatchingContract,
        TruncationContract,
        NonBlockingContract,
        RandomMixContract,
        BarrierContract,
        MovingCollectivesContract,
        ReductionContract,
        ArgumentsContract,
        ThreadContract,
        LifeCycleContract,
        TrafficContract,
        TransportContract,
        AllocationContract {
  private RankContext context;
  private Way way;
  private Job job;
  private Communicator communicator;

  @Override
  public void open(RankContext context) {
    this.context = context;
    way = Way.of(context.variant());
    if (way.network() == Network.EFA) {
      EfaDevice.assumeThere();
    }
    job = Job.start();
    communicator = way.open(job);
  }

  @Override
  public void close() {
    communicator.close();
    job.close();
  }

  @Override
  public RankContext context() {
    return context;
  }

  @Override
  public Way way() {
    return way;
  }

  @Override
  public Job job() {
    return job;
  }

  @Override
  public Communicator comm() {
    return communicator;
  }
}
