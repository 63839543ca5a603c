package io.weft.testing;

import io.weft.launch.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The software EFA device of {@code native/efa-emulator} under the ranks of cells whose network is
 * efa, where there is no card. It is built here when it is first needed, with cmake.
 */
public final class EmulatedEfa {
  /** In a variant's name, before the faults of the device: {@code with reorder=64,rnr=5%}. */
  static final String WITH = " with ";

  /** Among the faults: the version to take instead of the system's. */
  private static final String LIBFABRIC = "libfabric";

  private static final String FAULT_PREFIX = "WEFT_EFA_FAULT_";
  private static final Path DEVICES = Path.of("/sys/class/infiniband");
  private static Path library;
  private static boolean looked;

  private EmulatedEfa() {}

  /**
   * The faults that a variant's name asks for, as variables of the device (see its README), and the
   * version of libfabric.
   */
  static Map<String, String> faults(String variant) {
    Map<String, String> result = new TreeMap<>();
    int with = variant.indexOf(WITH);
    if (with >= 0) {
      for (String fault : variant.substring(with + WITH.length()).split(",")) {
        String[] words = fault.split("=", 2);
        if (words.length < 2) {
          throw new IllegalArgumentException(
              "\"" + fault + "\" in variant \"" + variant + "\" is not NAME=VALUE");
        }
        if (words[0].equals(LIBFABRIC)) {
          result.put("LD_LIBRARY_PATH", libfabric(words[1]).toString());
        } else {
          result.put(FAULT_PREFIX + words[0].toUpperCase(Locale.ROOT), words[1]);
        }
      }
    }
    return result;
  }

  /** Where the device's own tests have put a version of libfabric; null where they have not. */
  static Path libfabric(String version) {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path root =
        (cache == null || cache.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(cache))
            .resolve("weft/libfabric-" + version);
    return Files.exists(root.resolve(".complete")) ? root.resolve("lib") : null;
  }

  /**
   * What a process needs to find the device. The first call builds it; blocks.
   *
   * @param job processes of one job reach each other: 1 to 64 of letters, digits and {@code ._-}
   * @return variables with their values; empty, with the reason printed, where it cannot be built
   */
  public static Map<String, String> variables(String job) {
    Path device = library();
    return device == null ? Map.of() : Map.of("LD_PRELOAD", device.toString(), "WEFT_EFA_JOB", job);
  }

  /**
   * What ranks of a variant need to find the device; empty if it does not cross EFA, or crosses a
   * card.
   *
   * @param variant the variant
   * @param job tells the devices of this job from those of others
   */
  static Map<String, String> environment(Variant variant, String job) {
    String[] words = variant.name().split("[/ ]");
    boolean efa = words.length > 1 && words[1].equals(Network.EFA.toString());
    boolean card = isCardHere() && !variant.name().contains(WITH);
    return !efa || card ? Map.of() : variables("test-" + job);
  }

  private static boolean isCardHere() {
    if (!Files.isDirectory(DEVICES)) {
      return false;
    }
    try (DirectoryStream<Path> devices = Files.newDirectoryStream(DEVICES)) {
      for (Path device : devices) {
        Path driver = device.resolve("device/driver");
        if (Files.exists(driver) && driver.toRealPath().endsWith("efa")) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The built device; null, with the reason printed, where it cannot be built. */
  private static synchronized Path library() {
    if (!looked) {
      library = build(root());
      looked = true;
    }
    return library;
  }

  private static Path root() {
    for (Path each = Path.of("").toAbsolutePath(); each != null; each = each.getParent()) {
      Path root = each.resolve("native/efa-emulator");
      if (Files.exists(root.resolve("CMakeLists.txt"))) {
        return root;
      }
    }
    throw new IllegalStateException(
        "no native/efa-emulator above " + Path.of("").toAbsolutePath() + "; tests run in a clone");
  }

  private static Path build(Path root) {
    Path build = root.resolve("build");
    try {
      Files.createDirectories(build);
      // Two test JVMs must not build into one directory.
      try (FileChannel lock =
          FileChannel.open(
              build.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        lock.lock();
        run(List.of("cmake", "-S", root.toString(), "-B", build.toString()));
        run(
            List.of(
                "cmake", "--build", build.toString(), "--target", "weft-efa-emulator", "sysfs"));
      }
      return build.resolve("libweft-efa-emulator.so");
    } catch (MissingCommandException missing) {
      System.out.println(
          "[skipped] cells over efa: there is no EFA device here, and no cmake to build the"
              + " software one with (scripts/setup test installs it)");
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(List<String> command) throws IOException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException missing) {
      throw new MissingCommandException(missing);
    }
    String said = new String(process.getInputStream().readAllBytes());
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + " failed:\n" + said);
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while building the software EFA device", stopped);
    }
  }

  /** The command is not installed. */
  private static final class MissingCommandException extends IOException {
    private static final long serialVersionUID = 1;

    MissingCommandException(IOException cause) {
      super(cause);
    }
  }
}
