package io.weft.fabric;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory this process may lock, for devices that pin what is registered. */
final class LockedMemory {
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final String NAME = "Max locked memory";

  private LockedMemory() {}

  /** What to add to "no memory"; empty where nothing is limited. */
  static String advice() {
    String[] limits = limits();
    if (limits.length < 2 || limits[0].equals("unlimited")) {
      return "";
    }
    return "; without CAP_IPC_LOCK this process may lock "
        + limits[0]
        + " bytes of memory (RLIMIT_MEMLOCK; hard limit "
        + limits[1]
        + "), and devices lock what is registered. Raise it before the program starts: ulimit -l"
        + " unlimited; for logins in /etc/security/limits.conf: * - memlock unlimited; under Slurm"
        + " by LimitMEMLOCK=infinity for slurmd and PropagateResourceLimitsExcept=MEMLOCK in"
        + " slurm.conf";
  }

  /** The soft and the hard limit, in bytes or "unlimited"; empty if the kernel tells none. */
  private static String[] limits() {
    try {
      for (String line : Files.readAllLines(LIMITS)) {
        if (line.startsWith(NAME)) {
          return line.substring(NAME.length()).strip().split(" +");
        }
      }
      return new String[0];
    } catch (IOException unreadable) {
      // The failure that this would explain is reported all the same.
      return new String[0];
    }
  }
}
