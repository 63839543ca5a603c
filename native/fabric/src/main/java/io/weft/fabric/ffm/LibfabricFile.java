package io.weft.fabric.ffm;

import io.weft.ffi.NativeLibrary;
import io.weft.ffi.NativeLibraryException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Finds and opens the library file, once per JVM. */
public final class LibfabricFile {
  /** The environment variable that names the file to open instead of searching. */
  public static final String OVERRIDE = "WEFT_FABRIC_LIB";

  private static final String SONAME = "libfabric.so.1";

  /** Where Amazon's EFA installer puts it. */
  private static final List<String> EFA_FOLDERS =
      List.of("/opt/amazon/efa/lib64", "/opt/amazon/efa/lib");

  private static NativeLibrary library;

  private LibfabricFile() {}

  /**
   * Opens libfabric, or gives the one that is open.
   *
   * @return the library
   * @throws NativeLibraryException that lists where it was looked for
   */
  public static synchronized NativeLibrary open() {
    if (library == null) {
      library = search(candidates(System.getenv(OVERRIDE)));
    }
    return library;
  }

  /** What to try, in this order. An override is the only candidate: it is never passed over. */
  static List<String> candidates(String override) {
    if (override != null && !override.isBlank()) {
      return List.of(override);
    }
    List<String> candidates = new ArrayList<>();
    candidates.add(SONAME);
    for (String folder : EFA_FOLDERS) {
      Path file = Path.of(folder, SONAME);
      if (Files.exists(file)) {
        candidates.add(file.toString());
      }
    }
    return candidates;
  }

  /** Opens the first candidate that opens and is libfabric. */
  static NativeLibrary search(List<String> candidates) {
    StringJoiner failures = new StringJoiner("; ");
    for (String candidate : candidates) {
      try {
        NativeLibrary opened = NativeLibrary.open(candidate);
        if (opened.exports("fi_getinfo")) {
          return opened;
        }
        failures.add(candidate + " is not libfabric: it exports no fi_getinfo");
      } catch (NativeLibraryException failure) {
        failures.add(failure.getMessage());
      }
    }
    throw new NativeLibraryException(failures.toString());
  }
}
