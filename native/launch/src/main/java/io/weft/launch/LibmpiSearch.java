package io.weft.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for the library that belongs to a launcher, or to the launcher that started this process.
 */
public final class LibmpiSearch {
  private LibmpiSearch() {}

  /**
   * The library of an MPI, given its launcher.
   *
   * @param launcher an {@code mpirun}
   * @param vendor its family
   * @return the library, or null if there is none
   */
  public static Path beside(Path launcher, MpiVendor vendor) {
    List<Path> directories = new ArrayList<>();
    for (Path path : List.of(launcher.toAbsolutePath(), real(launcher))) {
      Path prefix = path.getParent() == null ? null : path.getParent().getParent();
      if (prefix != null) {
        directories.add(prefix.resolve("lib64"));
        directories.add(prefix.resolve("lib"));
      }
    }
    directories.addAll(MpiSearch.systemLibraryDirectories());
    return first(directories, vendor);
  }

  /**
   * The library of a family where the system keeps its libraries.
   *
   * @param vendor the family
   * @return the library, or null if there is none
   */
  public static Path inSystem(MpiVendor vendor) {
    List<Path> directories = new ArrayList<>();
    if (vendor == MpiVendor.OPEN_MPI) {
      directories.add(Path.of("/opt/amazon/openmpi5/lib64"));
      directories.add(Path.of("/opt/amazon/openmpi5/lib"));
      directories.add(Path.of("/opt/amazon/openmpi/lib64"));
      directories.add(Path.of("/opt/amazon/openmpi/lib"));
      directories.add(Path.of("/usr/lib64/openmpi/lib"));
    } else {
      directories.add(Path.of("/usr/lib64/mpich/lib"));
    }
    directories.addAll(MpiSearch.systemLibraryDirectories());
    return first(directories, vendor);
  }

  /**
   * A library that was installed with the launcher which this process descends from: what an MPI
   * outside of the system's directories is found by.
   *
   * @param names file names, the best first
   * @return the library; null if there is none, or the launcher cannot be seen
   */
  public static Path besideLauncher(List<String> names) {
    Path program = LauncherProcess.program();
    Path prefix =
        program == null || program.getParent() == null ? null : program.getParent().getParent();
    if (prefix == null) {
      return null;
    }
    for (String name : names) {
      for (String directory : List.of("lib64", "lib")) {
        Path library = prefix.resolve(directory).resolve(name);
        if (Files.isRegularFile(library)) {
          return real(library);
        }
      }
    }
    return null;
  }

  /**
   * What the library of a family is called.
   *
   * @param vendor the family
   * @return file names, the most telling first
   */
  public static List<String> names(MpiVendor vendor) {
    // MPICH outside Debian calls its library libmpi.so.12.
    return vendor == MpiVendor.MPICH
        ? List.of(vendor.library(), "libmpi.so.12")
        : List.of(vendor.library());
  }

  private static Path first(List<Path> directories, MpiVendor vendor) {
    for (Path directory : directories) {
      for (String name : names(vendor)) {
        Path library = directory.resolve(name);
        if (Files.isRegularFile(library)) {
          return real(library);
        }
      }
    }
    return null;
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException gone) {
      return path.toAbsolutePath();
    }
  }
}
