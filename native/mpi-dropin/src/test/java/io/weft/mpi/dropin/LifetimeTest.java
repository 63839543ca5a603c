package io.weft.mpi.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.MpiInstallation;
import io.weft.launch.MpiVendor;
import io.weft.testing.MpiBuild;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A call before the start of MPI or after its end is an exception, never the end of the process.
 */
class LifetimeTest {
  @Test
  void openMpi4() throws Exception {
    refused(StartLineTest.debian(MpiVendor.OPEN_MPI));
  }

  @Test
  void openMpi5() throws Exception {
    refused(MpiBuild.OPEN_MPI_5.installation());
  }

  @Test
  void mpich4() throws Exception {
    refused(StartLineTest.debian(MpiVendor.MPICH));
  }

  @Test
  void mpich5() throws Exception {
    refused(MpiBuild.MPICH_5.installation());
  }

  private static void refused(MpiInstallation mpi) throws Exception {
    // Of the methods that need no object but those that are there from the start.
    refused(mpi, "before", 200);
    refused(mpi, "after", 300);
  }

  private static void refused(MpiInstallation mpi, String when, int least) throws Exception {
    String output =
        StartLineTest.run(
            mpi,
            Map.of(),
            List.of("-cp", StartLineTest.classPath(), LifetimeProgram.class.getName(), when));
    assertEquals(List.of(), output.lines().filter(each -> each.startsWith("WRONG")).toList());
    List<String> counts = output.lines().filter(each -> each.startsWith("refused ")).toList();
    assertEquals(2, counts.size(), output);
    for (String count : counts) {
      assertTrue(Integer.parseInt(count.substring("refused ".length())) >= least, count);
    }
  }
}
