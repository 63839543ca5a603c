package io.weft.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Settings of the environment that are known to break or slow down runs, by their names. */
record TrapProbe() implements Probe {
  private static final String SUBJECT = "trap";

  @Override
  public List<Finding> look(Machine machine) {
    return List.of(
        deviceRdma(machine), forkSafe(machine), efaForkSafe(machine), ucx(machine), psm(machine));
  }

  /** fi_efa(7): the provider decides by itself what the card can. */
  private static Finding deviceRdma(Machine machine) {
    String name = "FI_EFA_USE_DEVICE_RDMA";
    String value = machine.environment().get(name);
    if (value == null) {
      return ok(name, "not set: the provider asks the card");
    }
    return value.equals("1")
        ? Finding.error(
            SUBJECT, name + "=1 aborts on cards without RDMA (c5n and its like)", "unset " + name)
        : Finding.warning(
            SUBJECT,
            name + "=" + value + " keeps the provider off the card's RDMA",
            "unset " + name);
  }

  private static Finding forkSafe(Machine machine) {
    List<String> set = new ArrayList<>();
    for (String name : List.of("RDMAV_FORK_SAFE", "IBV_FORK_SAFE")) {
      if (machine.environment().containsKey(name)) {
        set.add(name);
      }
    }
    return set.isEmpty()
        ? ok("RDMAV_FORK_SAFE", "not set")
        : Finding.error(
            SUBJECT,
            String.join(", ", set) + " makes registrations slow, and fail on huge pages",
            "unset " + String.join(" ", set) + "; FI_EFA_FORK_SAFE is EFA's own");
  }

  private static Finding efaForkSafe(Machine machine) {
    String name = "FI_EFA_FORK_SAFE";
    String release = machine.text("/proc/sys/kernel/osrelease");
    boolean set = machine.environment().containsKey(name);
    boolean copiesOnFork = release != null && isAtLeast(release, 5, 15);
    if (set && copiesOnFork) {
      return Finding.warning(
          SUBJECT, name + " is set, and Linux " + release + " needs it no more", "unset " + name);
    }
    if (!set && !copiesOnFork && !EfaDeviceProbe.devices(machine).isEmpty()) {
      return Finding.warning(
          SUBJECT,
          "Linux "
              + release
              + " does not copy registered pages on fork, and "
              + name
              + " is not set",
          "export " + name + "=1, or take a kernel from 5.15 on");
    }
    return ok(name, (set ? "set" : "not set") + ", Linux " + release);
  }

  /** UCX would replace the JVM's handler of SIGSEGV, which compiled code relies on. */
  private static Finding ucx(Machine machine) {
    String name = "UCX_ERROR_SIGNALS";
    String value = machine.environment().get(name);
    return value != null && value.isBlank()
        ? ok(name, "empty: UCX leaves the JVM's signal handlers alone")
        : Finding.error(
            SUBJECT,
            name
                + (value == null ? " is not set" : "=" + value)
                + ": UCX takes SIGSEGV from the JVM",
            "export " + name + "= (empty) before ranks start; scripts/weft does unless it is set");
  }

  private static Finding psm(Machine machine) {
    Map<String, String> environment = machine.environment();
    List<String> unset = new ArrayList<>();
    for (String name : List.of("IPATH_NO_BACKTRACE", "HFI_NO_BACKTRACE")) {
      if (environment.getOrDefault(name, "").isBlank()) {
        unset.add(name);
      }
    }
    return unset.isEmpty()
        ? ok("IPATH_NO_BACKTRACE, HFI_NO_BACKTRACE", "set: PSM leaves the signal handlers alone")
        : Finding.error(
            SUBJECT,
            String.join(", ", unset) + " not set: PSM inside libfabric takes SIGSEGV from the JVM",
            "export " + String.join("=1 ", unset) + "=1; scripts/weft does unless it is set");
  }

  private static Finding ok(String name, String why) {
    return Finding.ok(SUBJECT, name + " " + why);
  }

  static boolean isAtLeast(String release, int major, int minor) {
    String[] numbers = release.split("[.-]", 3);
    int first = Integer.parseInt(numbers[0]);
    return first > major || first == major && Integer.parseInt(numbers[1]) >= minor;
  }
}
