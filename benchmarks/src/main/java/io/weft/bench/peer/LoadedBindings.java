package io.weft.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mpi.MPI;

/**
 * Whose {@code mpi} package this JVM has: the class path decides, and a figure under the wrong name
 * would say the opposite of what was measured.
 */
public enum LoadedBindings {
  /** Open MPI's own, whose native half is mapped into this process. */
  JNI,
  /** Weft's drop-in. */
  DROP_IN;

  private static final String NATIVE_HALF = "/libmpi_java.so";

  /**
   * Looks at what is mapped into this process, after {@code MPI.Init}.
   *
   * @param expected which it is to be
   * @throws IllegalStateException if it is the other
   */
  public static void check(LoadedBindings expected) {
    LoadedBindings found;
    try {
      String maps = Files.readString(Path.of("/proc/self/maps"));
      found = maps.contains(NATIVE_HALF) ? JNI : DROP_IN;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (found != expected) {
      throw new IllegalStateException(
          "the mpi package is "
              + found
              + ", and was to be "
              + expected
              + ": it came from "
              + MPI.class.getProtectionDomain().getCodeSource().getLocation());
    }
  }
}
