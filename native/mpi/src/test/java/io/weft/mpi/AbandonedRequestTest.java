package io.weft.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.MpiVendor;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A request that nobody completes is reported when MPI ends, with where it was made. */
class AbandonedRequestTest {
  @ParameterizedTest
  @EnumSource(MpiVendor.class)
  void isReportedWithWhereItWasMade(MpiVendor vendor) throws Exception {
    ChildOutput child = ChildOutput.ofRanks(vendor, 1, Program.class);
    String output = child.text();
    assertEquals(0, child.status(), output);
    assertTrue(
        output.contains("AbandonedRequestTest$Program.forgets(AbandonedRequestTest.java:"), output);
    assertTrue(output.contains("was never completed"), output);
    assertEquals(2, output.split("was never completed", -1).length, output);
  }

  /** Cancels, so that MPI can end, and never asks. */
  static final class Program {
    private Program() {}

    private static void forgets(Mpi mpi, MemorySegment buffer) {
      Request request = mpi.world().newRequest();
      mpi.world().irecv(buffer, 0, 1, Datatype.INT, 0, 5, request);
      request.cancel();
    }

    public static void main(String[] arguments) {
      try (Mpi mpi = Mpi.initialize(ThreadLevel.FUNNELED)) {
        MemorySegment buffer = mpi.allocate(64);
        forgets(mpi, buffer);
        Request completed = mpi.world().newRequest();
        mpi.world().isend(buffer, 0, 1, Datatype.INT, mpi.world().procNull(), 6, completed);
        completed.await(null);
      }
    }
  }
}
