package io.weft.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.MpiSearch;
import io.weft.launch.MpiVendor;
import io.weft.testing.MpiBuild;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which library and which ABI a process takes, as {@link WhichMpi} prints it. */
class WhichMpiTest {
  private record Ended(int status, String output) {}

  private static Ended run(Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                WhichMpi.class.getName()));
    builder.environment().putAll(environment);
    ChildOutput child = ChildOutput.of(builder);
    return new Ended(child.status(), child.text().strip());
  }

  private static String debian(MpiVendor vendor) {
    return new MpiSearch(System.getenv()).find(vendor).libmpi().toString();
  }

  private static void says(String library, String pattern) throws Exception {
    Ended ended = run(Map.of("WEFT_MPI_LIB", library));
    assertEquals(0, ended.status(), ended.output());
    assertTrue(ended.output().matches(pattern), ended.output());
  }

  @Test
  void everyBuildIsKnownByWhatItSaysOfItself() throws Exception {
    says(debian(MpiVendor.OPEN_MPI), "openmpi: Open MPI v4\\.1\\..* \\(/.*libmpi\\.so\\.40.*\\)");
    says(debian(MpiVendor.MPICH), "mpich: MPICH Version: 4\\..* \\(/.*libmpich\\.so\\.12.*\\)");
    says(
        MpiBuild.OPEN_MPI_5.installation().libmpi().toString(),
        "openmpi: Open MPI v5\\.0\\..* \\(/.*libmpi\\.so\\.40\\)");
    says(
        MpiBuild.MPICH_5.installation().libmpi().toString(),
        "mpich: MPICH Version: 5\\..* \\(/.*libmpi\\.so\\.12\\)");
    says(
        MpiBuild.MPICH_5_ABI.installation().libmpi().toString(),
        "standard: MPICH Version: 5\\..* \\(/.*libmpi_abi\\.so\\.1\\)");
  }

  @Test
  void anAbiIsForced() throws Exception {
    Ended mpich = run(Map.of("WEFT_MPI_ABI", "mpich"));
    assertEquals(0, mpich.status(), mpich.output());
    assertTrue(mpich.output().startsWith("mpich: MPICH"), mpich.output());
    Ended standard =
        run(
            Map.of(
                "WEFT_MPI_ABI",
                "standard",
                "LD_LIBRARY_PATH",
                MpiBuild.MPICH_5_ABI.root().resolve("lib").toString()));
    assertEquals(0, standard.status(), standard.output());
    assertTrue(standard.output().startsWith("standard: MPICH"), standard.output());
  }

  @Test
  void whatCannotBeIsSaid() throws Exception {
    Ended unknown = run(Map.of("WEFT_MPI_ABI", "mpich5"));
    assertEquals(1, unknown.status());
    assertEquals(
        "WEFT_MPI_ABI=mpich5 is no ABI; use one of openmpi, mpich, standard", unknown.output());
    Ended contradicted =
        run(Map.of("WEFT_MPI_ABI", "openmpi", "WEFT_MPI_LIB", debian(MpiVendor.MPICH)));
    assertEquals(1, contradicted.status());
    assertTrue(
        contradicted.output().contains("neither openmpi nor standard"), contradicted.output());
    Ended other =
        run(
            Map.of(
                "WEFT_MPI_ABI",
                "mpich",
                "WEFT_MPI_LIB",
                MpiBuild.MPICH_5_ABI.installation().libmpi().toString()));
    assertEquals(1, other.status());
    assertTrue(other.output().contains("has another: standard"), other.output());
  }
}
