package io.weft.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MpiSearchTest {
  @TempDir private Path home;

  private Path launcher(String name, String prints) throws IOException {
    Path bin = Files.createDirectories(home.resolve(name).resolve("bin"));
    Path launcher = bin.resolve("mpirun");
    Files.writeString(launcher, "#!/bin/sh\ncat <<'EOF'\n" + prints + "\nEOF\n");
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    return launcher;
  }

  private Path library(String name, String file) throws IOException {
    Path lib = Files.createDirectories(home.resolve(name).resolve("lib"));
    return Files.writeString(lib.resolve(file), "").toRealPath();
  }

  private static Map<String, String> path(Path... launchers) {
    StringBuilder path = new StringBuilder("/nowhere");
    for (Path launcher : launchers) {
      path.append(':').append(launcher.getParent());
    }
    return Map.of("PATH", path.append(":/bin:/usr/bin").toString());
  }

  @Test
  void theLibraryBesideTheLauncherIsTaken() throws IOException {
    Path ompi = launcher("ompi", "mpirun (Open MPI) 5.0.6");
    Path ompiLibrary = library("ompi", "libmpi.so.40");
    Path mpich = launcher("mpich", "HYDRA build details:\n    Version:          4.3.1");
    Path mpichLibrary = library("mpich", "libmpi.so.12");
    List<MpiInstallation> found = new MpiSearch(path(ompi, mpich)).all();
    assertEquals(new MpiInstallation(MpiVendor.OPEN_MPI, "5.0.6", ompi, ompiLibrary), found.get(0));
    assertEquals(new MpiInstallation(MpiVendor.MPICH, "4.3.1", mpich, mpichLibrary), found.get(1));
    assertEquals(mpich, new MpiSearch(path(ompi, mpich)).find(MpiVendor.MPICH).mpirun());
    assertEquals(ompi, new MpiSearch(path(ompi, mpich)).find(null).mpirun());
  }

  @Test
  void aVariableWinsOverThePath() throws IOException {
    Path first = launcher("first", "mpirun (Open MPI) 5.0.6");
    library("first", "libmpi.so.40");
    Path named = launcher("named", "mpirun (Open MPI) 4.1.7");
    library("named", "libmpi.so.40");
    Map<String, String> environment =
        Map.of(
            "PATH",
            first.getParent() + ":/bin:/usr/bin",
            MpiSearch.MPIRUN_VARIABLE,
            named.toString());
    assertEquals("4.1.7", new MpiSearch(environment).find(null).version());
  }

  @Test
  void aVariableThatNamesSomethingElseIsRefused() throws IOException {
    Path other = launcher("other", "SomeOther MPI 1.0");
    LaunchException refused =
        assertThrows(
            LaunchException.class,
            () -> new MpiSearch(Map.of(MpiSearch.MPIRUN_VARIABLE, other.toString())).find(null));
    assertTrue(
        refused.getMessage().startsWith("WEFT_MPIRUN=" + other + " is no launcher of Open MPI"),
        refused.getMessage());
  }

  @Test
  void aLauncherThatDoesNotRunIsPassedOver() throws IOException {
    Path broken = launcher("broken", "");
    Files.writeString(broken, "no program");
    Path good = launcher("good", "mpirun (Open MPI) 4.1.4");
    library("good", "libmpi.so.40");
    assertEquals(good, new MpiSearch(path(broken, good)).find(null).mpirun());
  }

  @Test
  void aDirectoryWithoutMpiIsNamedInTheError() {
    MpiSearch search = new MpiSearch(Map.of("PATH", "/nowhere"));
    // Images of EC2 and Amazon Linux have one where no PATH leads: that is right there.
    if (search.all().isEmpty()) {
      LaunchException none = assertThrows(LaunchException.class, () -> search.find(null));
      assertTrue(none.getMessage().contains("PATH=/nowhere"), none.getMessage());
      assertTrue(none.getMessage().endsWith("Install one: scripts/setup run"));
    }
  }
}
