package io.weft.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.Intra;
import io.weft.launch.MpiVendor;
import io.weft.launch.Network;
import io.weft.launch.Via;
import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankTest;
import io.weft.testing.Variant;
import io.weft.testing.VariantProvider;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Open MPI's and MPICH's launchers tell the ranks where they meet; their MPIs are not loaded. */
@MultiRank(variantProvider = LauncherRanksTest.Ways.class)
class LauncherRanksTest {
  /** One that says where to look, and nothing else. */
  public static final class Ways implements VariantProvider {
    /** JUnit's JVM makes one. */
    public Ways() {}

    @Override
    public List<Variant> variants(MpiVendor mpi) {
      return List.of(
          Variant.of("libfabric/ena/same").withEnvironment(Map.of("WEFT_RENDEZVOUS", "launcher")));
    }
  }

  @RankTest
  void ranksExchangeMessagesWithoutMpi(RankContext context) throws IOException {
    try (Job job = Job.start()) {
      assertEquals(context.rank(), job.rank());
      assertEquals(context.size(), job.size());
      assertTrue(job.isOneHost());
      try (Communicator comm = Way.of(context.variant()).open(job)) {
        exchange(comm);
      }
      boolean pmix = false;
      for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
        assertFalse(line.contains("libmpi") || line.contains("libopen-"), line);
        pmix |= line.contains("libpmix");
      }
      assertEquals(context.mpi() == MpiVendor.OPEN_MPI, pmix, "libpmix is mapped");
      assertThrows(
          CommunicatorException.class, () -> job.open(Via.MPI, Network.AUTO, Intra.SHM, null));
    }
  }

  private static void exchange(Communicator comm) {
    int size = comm.size();
    int next = (comm.rank() + 1) % size;
    int previous = (comm.rank() + size - 1) % size;
    for (long length : new long[] {8, 100_000}) {
      MemorySegment buffer = comm.allocate(2 * length);
      Bytes.fill(buffer, 0, length, comm.rank());
      comm.sendrecv(buffer, 0, length, next, buffer, length, length, previous, 1);
      Bytes.check(buffer, length, length, previous, "from rank " + previous);
    }
    MemorySegment sum = comm.allocate(16);
    sum.set(ValueLayout.JAVA_LONG, 0, comm.rank() + 1);
    comm.allreduce(sum, 0, sum, 8, 1, ElementType.LONG, ReduceOp.SUM);
    assertEquals(size * (size + 1L) / 2, sum.get(ValueLayout.JAVA_LONG, 8));
  }
}
