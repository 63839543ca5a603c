package io.weft.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.Intra;
import io.weft.launch.LaunchPlan;
import io.weft.launch.Launcher;
import io.weft.launch.MpiInstallation;
import io.weft.launch.MpiSearch;
import io.weft.launch.MpiVendor;
import io.weft.launch.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ranks as a user's own mpirun starts them: without the variables that Weft's launchers set, and
 * with libraries that do not belong to the launcher.
 */
class BareEnvironmentTest {

  private record Ended(int status, String output) {}

  private static Ended run(MpiVendor launcher, int ranks, Map<String, String> environment)
      throws IOException, InterruptedException {
    MpiInstallation mpi = new MpiSearch(System.getenv()).find(launcher);
    List<String> program =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:-CreateCoredumpOnCrash",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            Program.class.getName());
    LaunchPlan plan =
        new LaunchPlan(
            ranks, Network.AUTO, Intra.SHM, true, false, true, environment, List.of(), program);
    ProcessBuilder builder = Launcher.of(mpi).process(plan);
    for (String variable : Launcher.signalEnvironment().keySet()) {
      builder.environment().remove(variable);
    }
    ChildOutput child = ChildOutput.of(builder);
    return new Ended(child.status(), child.text());
  }

  private static String library(MpiVendor vendor) {
    return new MpiSearch(System.getenv()).find(vendor).libmpi().toString();
  }

  /** UCX and PSM would take the handlers away; saving and restoring them alone must do. */
  @ParameterizedTest
  @EnumSource(MpiVendor.class)
  void nullChecksSurviveWithoutOurVariables(MpiVendor vendor) throws Exception {
    Ended ended = run(vendor, 2, Map.of());
    assertEquals(0, ended.status(), ended.output());
    assertEquals(2, ended.output().split("1000 null checks of 2 ranks").length - 1, ended.output());
  }

  @Test
  void openMpisLauncherWithMpichsLibrary() throws Exception {
    Ended ended = run(MpiVendor.OPEN_MPI, 2, Map.of("WEFT_MPI_LIB", library(MpiVendor.MPICH)));
    assertTrue(ended.status() != 0);
    assertTrue(
        ended.output().contains("the launcher (Open MPI) started 2 ranks, but the library sees 1"),
        ended.output());
    assertTrue(ended.output().contains("MPICH"), ended.output());
  }

  @Test
  void mpichsLauncherWithOpenMpisLibrary() throws Exception {
    Ended ended = run(MpiVendor.MPICH, 2, Map.of("WEFT_MPI_LIB", library(MpiVendor.OPEN_MPI)));
    assertTrue(ended.status() != 0);
    assertTrue(
        ended.output().contains("the launcher (MPICH) started 2 ranks, but the library sees 1"),
        ended.output());
    assertTrue(ended.output().contains("Open MPI v"), ended.output());
  }

  @Test
  void aLibraryThatIsNoMpi() throws Exception {
    Ended ended = run(MpiVendor.OPEN_MPI, 1, Map.of("WEFT_MPI_LIB", "libm.so.6"));
    assertTrue(
        ended.output().contains("libm.so.6 is no MPI library: it exports no MPI_Init_thread"),
        ended.output());
  }

  @Test
  void aLibraryThatIsNotThere() throws Exception {
    Ended ended = run(MpiVendor.OPEN_MPI, 1, Map.of("WEFT_MPI_LIB", "/none/libmpi.so"));
    assertTrue(ended.output().contains("cannot open /none/libmpi.so"), ended.output());
    assertTrue(
        ended.output().contains("Name a libmpi that is there, or unset WEFT_MPI_LIB"),
        ended.output());
  }

  /** What each rank runs. */
  static final class Program {
    private Program() {}

    private static int length(String text) {
      try {
        return text.length();
      } catch (NullPointerException expected) {
        return -1;
      }
    }

    public static void main(String[] arguments) {
      try (Mpi mpi = Mpi.initialize(ThreadLevel.FUNNELED)) {
        int nulls = 0;
        for (int i = 0; i < 200_000; i++) {
          nulls += length("x") < 0 ? 1 : 0;
        }
        for (int i = 0; i < 1000; i++) {
          nulls += length(null) < 0 ? 1 : 0;
        }
        System.out.println(nulls + " null checks of " + mpi.world().size() + " ranks");
      }
    }
  }
}
