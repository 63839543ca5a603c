package io.weft.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import io.weft.launch.Intra;
import io.weft.launch.Network;
import io.weft.launch.Via;
import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankFixture;
import io.weft.testing.RankTest;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Order;

/**
 * Every kernel on real ranks, over both libraries, against the published values; {@link
 * KernelEfaTest} too.
 */
@MultiRank(
    ranks = {1, 2, 3, 4},
    variants = {"mpi/shm", "mpi/ena/same", "libfabric/shm/same", "libfabric/ena/same"},
    // Under MPICH's launcher libfabric carries the same messages as under Open MPI's.
    sampled = {"MPICH, libfabric", "3 ranks", "4 ranks"},
    // FT's class A takes 257 MiB on one rank, in arrays that only the old generation holds.
    jvm = {"--add-modules=jdk.incubator.vector", "-Xmx340m", "-XX:MaxNewSize=24m"},
    deadlineSeconds = 300)
class KernelRanksTest implements RankFixture {
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
    for (Kernel kernel : kernels()) {
      List<Check> found = verify(kernel, "S");
      if (kernel.name().equals("cg")) {
        // The order of sums is the kernel's own: threads of one process come to the same bits.
        List<Check> threads =
            LocalCommunicator.onEachRank(
                    communicator.size(), ranks -> kernel.run(ranks, "S", Progress.NONE))
                .getFirst()
                .verification()
                .checks();
        assertEquals(threads, found, "zeta, bit for bit");
      }
    }
  }

  @RankTest
  @Order(2)
  void classW(RankContext context) {
    assumeTrue(
        context.longRun() || communicator.size() == 2,
        "class W runs on 2 ranks only, but in long tests (scripts/test --long)");
    kernels().forEach(kernel -> verify(kernel, "W"));
  }

  @RankTest
  @Order(3)
  void classA(RankContext context) {
    assumeTrue(context.longRun(), "class A runs in long tests only (scripts/test --long)");
    kernels().forEach(kernel -> verify(kernel, "A"));
  }

  @RankTest
  @Order(4)
  void whatCannotRunIsRefusedOnEveryRankBeforeAnythingIsSent() {
    long before = communicator.traffic().bytes();
    for (Kernel kernel : Kernels.all()) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> kernel.run(communicator, "X", Progress.NONE))
              .getMessage();
      assertEquals(kernel.name() + " has no class X: S, W, A, B, C", message);
      if (!kernel.rankRule().allows(communicator.size())) {
        message =
            assertThrows(
                    IllegalArgumentException.class,
                    () -> kernel.run(communicator, "S", Progress.NONE))
                .getMessage();
        assertTrue(message.contains(communicator.size() + " is none: use "), message);
      }
    }
    assertEquals(before, communicator.traffic().bytes());
    communicator.barrier(); // And all are still there.
  }

  @RankTest
  @Order(5)
  void tooLittleMemoryIsRefusedOnEveryRank() {
    // 512 MiB of keys, twice, on up to 3 ranks; 2 GiB of a grid, thrice, on 4: more than the heap.
    Kernel kernel = Kernels.named(communicator.size() == 4 ? "ft" : "is");
    long needed = kernel.memoryPerRankBytes("C", communicator.size());
    assertTrue(needed > Runtime.getRuntime().maxMemory(), "the heap is small enough: " + needed);
    String message =
        assertThrows(
                IllegalStateException.class, () -> kernel.run(communicator, "C", Progress.NONE))
            .getMessage();
    assertTrue(message.startsWith(kernel.name() + " class C holds "), message);
    assertTrue(message.endsWith("use more ranks, a smaller class or a larger heap"), message);
    communicator.barrier();
  }

  /** Those that run on so many ranks; never none. */
  List<Kernel> kernels() {
    List<Kernel> legal =
        Kernels.all().stream()
            .filter(kernel -> kernel.rankRule().allows(communicator.size()))
            .toList();
    assertFalse(legal.isEmpty());
    return legal;
  }

  private List<Check> verify(Kernel kernel, String problemClass) {
    KernelResult result = kernel.run(communicator, problemClass, Progress.NONE);
    assertTrue(result.verification().passed(), () -> result.verification().toString());
    assertEquals(communicator.size(), result.ranks());
    // Every rank has the same result: the largest and the smallest bits agree.
    MemorySegment bits = communicator.allocate(2L * Long.BYTES);
    for (Check check : result.verification().checks()) {
      long mine = Double.doubleToLongBits(check.found());
      bits.setAtIndex(ValueLayout.JAVA_LONG, 0, mine);
      bits.setAtIndex(ValueLayout.JAVA_LONG, 1, -mine);
      communicator.allreduce(bits, 0, bits, 0, 2, ElementType.LONG, ReduceOp.MAX);
      assertEquals(mine, bits.getAtIndex(ValueLayout.JAVA_LONG, 0));
      assertEquals(-mine, bits.getAtIndex(ValueLayout.JAVA_LONG, 1));
    }
    return result.verification().checks();
  }
}
