package io.weft.comm;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.fabric.EmulatedEfa;
import io.weft.launch.Network;
import io.weft.testing.RankContext;
import io.weft.testing.RankFixture;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Assumptions;

/** All that {@link Communicator} promises, on the way that the cell's variant names. */
abstract class CommunicatorContract
    implements RankFixture,
        PointToPointContract,
        MatchingContract,
        TruncationContract,
        NonBlockingContract,
        RequestSetContract,
        PersistentContract,
        GroupContract,
        RandomMixContract,
        FloodContract,
        BarrierContract,
        MovingCollectivesContract,
        GatherScatterContract,
        ReductionContract,
        PartialReductionContract,
        ArgumentsContract,
        ThreadContract,
        LifeCycleContract,
        OneSidedContract,
        OneSidedAtomicsContract,
        OneSidedEpochContract,
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
    String code = LibcCode.now();
    job = Job.start();
    communicator = openOrSkip();
    if (way.network() == Network.EFA) {
      // Threads of the JVM may be inside of these functions: patching them crashes it.
      assertEquals(code, LibcCode.now());
    }
  }

  /** Some kernels and containers let no process read another one's memory. */
  private Communicator openOrSkip() {
    try {
      return way.open(job);
    } catch (CommunicatorException refused) {
      if (!refused.getMessage().contains("does not let ranks read each other's memory")) {
        throw refused;
      }
      job.close();
      return Assumptions.abort(refused.getMessage());
    }
  }

  @Override
  public void close() {
    if (EmulatedEfa.isThere() && way.network() == Network.EFA) {
      allCrossedTheDevice();
    }
    communicator.close();
    job.close();
  }

  /** What ranks say they sent is no more than their devices counted: nothing went another way. */
  private void allCrossedTheDevice() {
    communicator.barrier();
    Traffic sent = communicator.traffic();
    MemorySegment sums = communicator.allocate(2 * Long.BYTES);
    sums.setAtIndex(JAVA_LONG, 0, sent.bytes());
    sums.setAtIndex(JAVA_LONG, 1, EmulatedEfa.bytesMoved());
    communicator.allreduce(sums, 0, sums, 0, 2, ElementType.LONG, ReduceOp.SUM);
    long needed = sums.getAtIndex(JAVA_LONG, 0);
    long moved = sums.getAtIndex(JAVA_LONG, 1);
    assertTrue(moved >= needed, () -> moved + " bytes over the devices of all ranks, of " + needed);
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
