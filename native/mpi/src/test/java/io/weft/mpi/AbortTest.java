package io.weft.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.MpiVendor;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code MPI_Abort} of one rank ends all, also those that wait in C, with its status. */
class AbortTest {
  private static final int STATUS = 7;

  @ParameterizedTest
  @EnumSource(MpiVendor.class)
  void endsAllRanks(MpiVendor vendor) throws Exception {
    ChildOutput child = ChildOutput.ofRanks(vendor, 2, Program.class);
    assertEquals(STATUS, child.status(), child.text());
    assertTrue(child.text().contains("rank 1 gives up"), child.text());
    assertFalse(child.text().contains("rank 0 goes on"), child.text());
  }

  /** Rank 0 waits for a message that never comes; rank 1 aborts from a thread of its own. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) throws InterruptedException {
      try (Mpi mpi = Mpi.initialize(ThreadLevel.FUNNELED)) {
        Comm world = mpi.world();
        MemorySegment buffer = mpi.allocate(64);
        world.barrier();
        if (world.rank() == 0) {
          world.recv(buffer, 0, 1, Datatype.INT, 1, 5, null);
          System.out.println("rank 0 goes on");
        } else {
          System.out.println("rank 1 gives up");
          System.out.flush();
          Thread other = new Thread(() -> mpi.abort(STATUS));
          other.start();
          other.join();
        }
      }
    }
  }
}
