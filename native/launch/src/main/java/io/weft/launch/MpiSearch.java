package io.weft.launch;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks for MPI installations: on the {@code PATH}, then where EC2 images and distributions keep
 * them. Blocks while it asks each launcher for its version (milliseconds).
 */
public final class MpiSearch {
  /** Names a launcher to use before all others. */
  public static final String MPIRUN_VARIABLE = "WEFT_MPIRUN";

  private static final List<String> DIRECTORIES =
      List.of(
          "/opt/amazon/openmpi5/bin",
          "/opt/amazon/openmpi/bin",
          "/usr/lib64/openmpi/bin",
          "/usr/lib64/mpich/bin");

  /** Debian gives each MPI's launcher a name of its own; elsewhere it is plain mpirun. */
  private static final List<String> NAMES = List.of("mpirun", "mpirun.openmpi", "mpirun.mpich");

  private static final Pattern OPEN_MPI = Pattern.compile("\\(Open MPI\\) (\\d+\\.\\S*)");
  private static final Pattern HYDRA = Pattern.compile("Version:\\s+(\\d+\\.\\S*)");
  private static final long VERSION_SECONDS = 20;

  private final Map<String, String> environment;

  /**
   * Searches as the given environment says.
   *
   * @param environment {@code PATH} and {@value #MPIRUN_VARIABLE} are read
   */
  public MpiSearch(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Every usable installation, the preferred one first.
   *
   * @return none if none is there
   * @throws LaunchException if {@value #MPIRUN_VARIABLE} names no usable launcher
   */
  public List<MpiInstallation> all() {
    String named = environment.get(MPIRUN_VARIABLE);
    if (named != null && !named.isEmpty()) {
      MpiInstallation installation = inspect(Path.of(named));
      if (installation == null) {
        throw new LaunchException(
            MPIRUN_VARIABLE
                + "="
                + named
                + " is no launcher of Open MPI or MPICH with a library beside it; unset it or name"
                + " an mpirun");
      }
      return List.of(installation);
    }
    Map<Path, MpiInstallation> found = new LinkedHashMap<>();
    for (Path launcher : launchers()) {
      MpiInstallation installation = inspect(launcher);
      if (installation != null) {
        found.putIfAbsent(installation.libmpi(), installation);
      }
    }
    return List.copyOf(found.values());
  }

  /**
   * The preferred installation of a family.
   *
   * @param vendor the family, or null for whichever is preferred
   * @return the installation
   * @throws LaunchException that says where it looked and what to install
   */
  public MpiInstallation find(MpiVendor vendor) {
    List<MpiInstallation> all = all();
    for (MpiInstallation installation : all) {
      if (vendor == null || installation.vendor() == vendor) {
        return installation;
      }
    }
    throw new LaunchException(
        "no "
            + (vendor == null ? "mpirun" : "mpirun of " + vendor.title())
            + " in PATH="
            + environment.getOrDefault("PATH", "")
            + " or "
            + String.join(", ", DIRECTORIES)
            + (all.isEmpty() ? "" : "; found " + all)
            + ". Install one: scripts/setup "
            + (vendor == MpiVendor.MPICH ? "test" : "run"));
  }

  private List<Path> launchers() {
    List<Path> result = new ArrayList<>();
    List<String> directories =
        new ArrayList<>(List.of(environment.getOrDefault("PATH", "").split(File.pathSeparator)));
    directories.addAll(DIRECTORIES);
    for (String directory : directories) {
      for (String name : NAMES) {
        Path launcher = Path.of(directory.isEmpty() ? "." : directory, name);
        if (Files.isExecutable(launcher)) {
          result.add(launcher);
        }
      }
    }
    return result;
  }

  private MpiInstallation inspect(Path launcher) {
    String text = versionText(launcher);
    Matcher openMpi = OPEN_MPI.matcher(text);
    if (openMpi.find()) {
      return installation(MpiVendor.OPEN_MPI, openMpi.group(1), launcher);
    }
    Matcher hydra = HYDRA.matcher(text);
    if (text.startsWith("HYDRA") && hydra.find()) {
      return installation(MpiVendor.MPICH, hydra.group(1), launcher);
    }
    return null;
  }

  private static MpiInstallation installation(MpiVendor vendor, String version, Path launcher) {
    Path library = LibmpiSearch.beside(launcher, vendor);
    return library == null ? null : new MpiInstallation(vendor, version, launcher, library);
  }

  /** What {@code mpirun --version} prints; empty if it does not run. */
  private static String versionText(Path launcher) {
    try {
      Process process =
          new ProcessBuilder(launcher.toString(), "--version")
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .start();
      byte[] output = process.getInputStream().readAllBytes();
      if (!process.waitFor(VERSION_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "";
      }
      return new String(output, StandardCharsets.UTF_8);
    } catch (IOException notRunnable) {
      return "";
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LaunchException("interrupted while asking " + launcher + " for its version");
    }
  }

  /** The directories that the dynamic linker searches by default on this machine. */
  static List<Path> systemLibraryDirectories() {
    List<Path> result = new ArrayList<>();
    for (String directory : List.of("/usr/lib64", "/usr/lib", "/lib64", "/lib")) {
      result.add(Path.of(directory));
    }
    try (Stream<Path> multiarch = Files.list(Path.of("/usr/lib"))) {
      multiarch.filter(p -> p.getFileName().toString().endsWith("-linux-gnu")).forEach(result::add);
    } catch (IOException noSuchDirectory) {
      // A distribution without /usr/lib has nothing to add.
    }
    return result;
  }
}
