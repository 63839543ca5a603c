package io.weft.cli.doctor;

import java.util.ArrayList;
import java.util.List;

/** How much memory may be locked, and how many files may be open ({@code /proc/self/limits}). */
record LimitsProbe() implements Probe {
  private static final long LEAST_FILES = 1024;

  @Override
  public List<Finding> look(Machine machine) {
    List<Finding> result = new ArrayList<>();
    result.add(lockedMemory(machine));
    String files = soft(machine, "Max open files");
    if (files != null && isBelow(files, LEAST_FILES)) {
      result.add(
          Finding.warning(
              "open files",
              "this process may open " + files + " files; ranks open a socket to each peer",
              "ulimit -n 65536, or nofile in /etc/security/limits.conf"));
    } else {
      result.add(Finding.ok("open files", "limit " + (files == null ? "unknown" : files)));
    }
    return result;
  }

  private static Finding lockedMemory(Machine machine) {
    String subject = "locked memory";
    String limit = soft(machine, "Max locked memory");
    if (limit == null) {
      return Finding.warning(
          subject, "/proc/self/limits does not say", "check by: ulimit -l (unlimited is right)");
    }
    if (limit.equals("unlimited")) {
      return Finding.ok(subject, "unlimited");
    }
    String why = "this process may lock " + limit + " bytes, and EFA locks what it registers";
    String toDo =
        "ulimit -l unlimited; for logins '* - memlock unlimited' in /etc/security/limits.conf;"
            + " under Slurm LimitMEMLOCK=infinity for slurmd; for a container --ulimit memlock=-1";
    return EfaDeviceProbe.devices(machine).isEmpty()
        ? Finding.warning(subject, why, toDo)
        : Finding.error(subject, why, toDo);
  }

  private static boolean isBelow(String limit, long least) {
    return !limit.equals("unlimited") && Long.parseLong(limit) < least;
  }

  private static String soft(Machine machine, String name) {
    String limits = machine.text("/proc/self/limits");
    return limits == null
        ? null
        : limits
            .lines()
            .filter(line -> line.startsWith(name))
            .map(line -> line.substring(name.length()).strip().split("\\s+")[0])
            .findFirst()
            .orElse(null);
  }
}
