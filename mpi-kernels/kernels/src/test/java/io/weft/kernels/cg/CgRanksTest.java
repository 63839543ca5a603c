package io.weft.kernels.cg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weft.comm.Communicator;
import io.weft.comm.CommunicatorException;
import io.weft.comm.ElementType;
import io.weft.comm.Job;
import io.weft.comm.ReduceOp;
import io.weft.comm.Traffic;
import io.weft.comm.Transport;
import io.weft.fabric.EmulatedEfa;
import io.weft.kernels.Kernel;
import io.weft.kernels.KernelResult;
import io.weft.kernels.Kernels;
import io.weft.kernels.LocalCommunicator;
import io.weft.kernels.Progress;
import io.weft.launch.Intra;
import io.weft.launch.Network;
import io.weft.launch.Via;
import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankFixture;
import io.weft.testing.RankTest;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Order;

/** CG on real ranks, over both libraries, against the published values; {@link CgEfaTest} too. */
@MultiRank(
    ranks = {1, 2, 4},
    variants = {"mpi/shm", "mpi/ena/same", "libfabric/shm/same", "libfabric/ena/same"},
    deadlineSeconds = 300)
class CgRanksTest implements RankFixture {
  private static final Kernel CG = Kernels.named("cg");

  private Job job;
  private Communicator communicator;

  @Override
  public void open(RankContext context) {
    job = Job.start();
    String[] words = context.variant().split(" with ")[0].split("/");
    Via via = Via.of(words[0]);
    Network network = Network.of(words[1]);
    try {
      communicator = job.open(via, network, words.length > 2 ? Intra.SAME : Intra.SHM, null);
    } catch (CommunicatorException none) {
      if (network != Network.EFA) {
        throw none;
      }
      abort(none.getMessage());
    }
  }

  @Override
  public void close() {
    if (EmulatedEfa.isThere() && communicator.size() > 1) {
      allCrossedTheDevice();
    }
    communicator.close();
    job.close();
  }

  /** What ranks say they sent is no more than their devices counted: nothing went another way. */
  private void allCrossedTheDevice() {
    assertEquals(Transport.EMULATED_EFA, communicator.transport().network());
    communicator.barrier();
    Traffic sent = communicator.traffic();
    MemorySegment sums = communicator.allocate(2L * Long.BYTES);
    sums.setAtIndex(ValueLayout.JAVA_LONG, 0, sent.bytes());
    sums.setAtIndex(ValueLayout.JAVA_LONG, 1, EmulatedEfa.bytesMoved());
    communicator.allreduce(sums, 0, sums, 0, 2, ElementType.LONG, ReduceOp.SUM);
    long needed = sums.getAtIndex(ValueLayout.JAVA_LONG, 0);
    long moved = sums.getAtIndex(ValueLayout.JAVA_LONG, 1);
    assertTrue(needed > 0 && moved >= needed, () -> moved + " bytes over the devices of " + needed);
  }

  @RankTest
  @Order(1)
  void classS() {
    double zeta = verify("S");
    // The reduction order is the kernel's own: threads of one process come to the same bits.
    KernelResult threads =
        LocalCommunicator.onEachRank(
                communicator.size(), ranks -> CG.run(ranks, "S", Progress.NONE))
            .getFirst();
    assertEquals(threads.verification().found(), zeta, 0.0, "zeta, bit for bit");
  }

  @RankTest
  @Order(2)
  void classW(RankContext context) {
    assumeTrue(
        context.longRun() || communicator.size() == 2,
        "class W runs on 2 ranks only, but in long tests (scripts/test --long)");
    verify("W");
  }

  @RankTest
  @Order(3)
  void classA(RankContext context) {
    assumeTrue(context.longRun(), "class A runs in long tests only (scripts/test --long)");
    verify("A");
  }

  private double verify(String problemClass) {
    KernelResult result = CG.run(communicator, problemClass, Progress.NONE);
    assertTrue(result.verification().passed(), () -> result.verification().toString());
    assertEquals(communicator.size(), result.ranks());
    // Every rank has the same result: the largest and the smallest bits agree.
    MemorySegment bits = communicator.allocate(2L * Long.BYTES);
    long mine = Double.doubleToLongBits(result.verification().found());
    bits.setAtIndex(ValueLayout.JAVA_LONG, 0, mine);
    bits.setAtIndex(ValueLayout.JAVA_LONG, 1, -mine);
    communicator.allreduce(bits, 0, bits, 0, 2, ElementType.LONG, ReduceOp.MAX);
    assertEquals(mine, bits.getAtIndex(ValueLayout.JAVA_LONG, 0));
    assertEquals(-mine, bits.getAtIndex(ValueLayout.JAVA_LONG, 1));
    return result.verification().found();
  }
}
