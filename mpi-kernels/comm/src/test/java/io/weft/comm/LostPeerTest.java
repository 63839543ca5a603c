package io.weft.comm;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.fabric.EmulatedEfa;
import io.weft.launch.MpiVendor;
import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankTest;
import io.weft.testing.Variant;
import io.weft.testing.VariantProvider;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** A peer that is silent, or cut off, is an exception within the time that was set. */
@MultiRank(
    mpis = MpiVendor.OPEN_MPI,
    ranks = 2,
    variantProvider = LostPeerTest.Ways.class,
    deadlineSeconds = 60)
class LostPeerTest {
  private static final int TIMEOUT_SECONDS = 3;

  /** More than the timeout and what the software device waits for a cut-off peer, 2 s. */
  private static final double PATIENCE_SECONDS = 20;

  private static final int ROUNDS = 100_000;

  /** MPI's own messages stay in shared memory, so that it can end. */
  public static final class Ways implements VariantProvider {
    /** JUnit's JVM makes one. */
    public Ways() {}

    @Override
    public List<Variant> variants(MpiVendor mpi) {
      return List.of(
          way("libfabric/shm", Map.of()),
          way("libfabric/shm/shm/shm", Map.of()),
          way("libfabric/ena/same", Map.of()),
          way("libfabric/efa/same", Map.of()),
          way("libfabric/efa/same with partition=0/1@3000", Map.of()));
    }

    private static Variant way(String name, Map<String, String> more) {
      Variant variant = Variant.of(name);
      Map<String, String> environment = new HashMap<>(variant.environment());
      environment.put("WEFT_TIMEOUT_SECONDS", Integer.toString(TIMEOUT_SECONDS));
      environment.put("OMPI_MCA_pml", "ob1");
      environment.put("OMPI_MCA_btl", "vader,self");
      environment.putAll(more);
      return variant.withEnvironment(environment);
    }
  }

  @RankTest
  void endsInAnException(RankContext context) {
    boolean partition = context.variant().contains("partition");
    if (context.variant().contains("/efa/")) {
      EfaDevice.assumeThere();
      Assumptions.assumeTrue(!partition || EmulatedEfa.isThere(), "a card has no faults to order");
    }
    try (Job job = Job.start()) {
      Communicator comm = Way.of(context.variant()).open(job);
      long start = System.nanoTime();
      CommunicatorException lost =
          partition ? exchangeUntilCut(comm) : waitForSilence(comm, context.rank());
      double seconds = (System.nanoTime() - start) * 1e-9;
      assertTrue(seconds < PATIENCE_SECONDS, seconds + " s: " + lost.getMessage());
      String text = lost.getMessage();
      assertTrue(text.startsWith("rank " + context.rank() + ": "), text);
      // After it the communicator says so, instead of waiting again.
      CommunicatorException again = assertThrows(CommunicatorException.class, comm::barrier);
      assertTrue(again.getMessage().contains("unusable since"), again.getMessage());
      comm.close();
    }
  }

  /** Neither sends what the other waits for. */
  private static CommunicatorException waitForSilence(Communicator comm, int rank) {
    MemorySegment buffer = comm.allocate(8);
    CommunicatorException lost =
        assertThrows(CommunicatorException.class, () -> comm.recv(buffer, 0, 8, 1 - rank, 5, null));
    String text = lost.getMessage();
    assertTrue(text.contains("no message moved for " + TIMEOUT_SECONDS + " s"), text);
    assertTrue(text.contains("WEFT_TIMEOUT_SECONDS"), text);
    return lost;
  }

  /** One of them has a send under way when the other can no longer be reached, or waits for one. */
  private static CommunicatorException exchangeUntilCut(Communicator comm) {
    MemorySegment buffer = comm.allocate(16);
    int other = 1 - comm.rank();
    return assertThrows(
        CommunicatorException.class,
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            comm.sendrecv(buffer, 0, 8, other, buffer, 8, 8, other, 5);
          }
        });
  }
}
