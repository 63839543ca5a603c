package io.weft.fabric;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files in {@code /dev/shm} that open endpoints of the shm provider own: 16 MiB each, which
 * nobody frees if the process ends without closing. A shutdown hook removes what is left, also when
 * a signal ends the JVM; the endpoint's own thread may be anywhere then, and removing a mapped file
 * harms nobody.
 */
final class ShmFiles {
  /** The provider that keeps files here. */
  static final String PROVIDER = "shm";

  private static final String PREFIX = "fi_shm://";
  private static final Path FOLDER = Path.of("/dev/shm");
  private static final Set<String> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(ShmFiles::removeAll, "weft-shm-files"));
  }

  private ShmFiles() {}

  /** Remembers an endpoint's file; returns its name, or null if the provider keeps none. */
  static String opened(String provider, Endpoint endpoint) {
    if (!provider.equals(PROVIDER)) {
      return null;
    }
    String address = new String(endpoint.name(), StandardCharsets.UTF_8);
    int end = address.indexOf('\0');
    String name = end < 0 ? address : address.substring(0, end);
    if (name.startsWith(PREFIX)) {
      name = name.substring(PREFIX.length());
    }
    OPEN.add(name);
    return name;
  }

  /** Why an endpoint of the provider could not be opened. */
  static FabricException failure(String function, int code) {
    FabricException plain = FabricException.of(function, code);
    return new FabricException(
        plain.getMessage() + "; an endpoint of provider shm is a file in " + state(), plain.code());
  }

  /** The folder, and what there may be to mend of it. */
  static String state() {
    try {
      FileStore store = Files.getFileStore(FOLDER);
      return FOLDER
          + ", of mode "
          + PosixFilePermissions.toString(Files.getPosixFilePermissions(FOLDER))
          + " and owner "
          + Files.getOwner(FOLDER)
          + ", with "
          + store.getUsableSpace()
          + " bytes free: it must be writable for all (mode 1777) and have 32 MiB free for each"
          + " endpoint (for a container: --shm-size)";
    } catch (IOException absent) {
      return FOLDER + ", which cannot be looked at: " + absent;
    }
  }

  static void closed(String name) {
    if (name != null) {
      OPEN.remove(name);
    }
  }

  private static void removeAll() {
    for (String name : OPEN) {
      try {
        Files.deleteIfExists(FOLDER.resolve(name));
      } catch (IOException | RuntimeException unremovable) {
        // The JVM is ending: there is nobody left to tell, and the next name may still go.
      }
    }
  }
}
