package io.weft.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * Network interfaces by driver, with their limits: link speed, frame size, and for ENA the counters
 * of what the instance's allowances held back.
 */
record NetworkCardProbe() implements Probe {
  private static final String SUBJECT = "network card";
  private static final String CLASS = "/sys/class/net";
  private static final int JUMBO_BYTES = 9001;

  @Override
  public List<Finding> look(Machine machine) {
    List<Finding> result = new ArrayList<>();
    for (String name : machine.names(CLASS)) {
      // An interface without a device (lo, veth, bridges) is no card.
      String driver = machine.target(CLASS + "/" + name + "/device/driver");
      if (driver != null && "up".equals(machine.text(CLASS + "/" + name + "/operstate"))) {
        look(machine, name, driver, result);
      }
    }
    if (result.isEmpty()) {
      result.add(
          Finding.warning(
              SUBJECT,
              "no interface that is up belongs to a card",
              "see 'ip link'; in a container share the host's network to reach other hosts"));
    }
    return result;
  }

  private static void look(Machine machine, String name, String driver, List<Finding> result) {
    String mtu = machine.text(CLASS + "/" + name + "/mtu");
    String speed = machine.text(CLASS + "/" + name + "/speed");
    String what =
        "%s: driver %s, MTU %s%s"
            .formatted(
                name,
                driver,
                mtu,
                speed == null || speed.startsWith("-") ? "" : ", " + speed + " Mb/s");
    switch (driver) {
      case "ena" -> {
        String flows =
            "; one TCP flow carries 5 Gb/s, 10 in a cluster placement group, 25 with ENA Express";
        result.add(
            mtu != null && Integer.parseInt(mtu) < JUMBO_BYTES
                ? Finding.warning(
                    SUBJECT,
                    what + flows + "; frames are small, which costs TCP throughput",
                    "ip link set dev " + name + " mtu " + JUMBO_BYTES)
                : Finding.ok(SUBJECT, what + flows));
        allowances(machine, name, result);
      }
      case "ixgbevf" ->
          result.add(
              Finding.warning(
                  SUBJECT,
                  what
                      + ": the legacy 82599 virtual function, 10 Gb/s at most, neither ENA nor EFA",
                  "take an instance type of the Nitro system"));
      default ->
          result.add(
              Finding.ok(SUBJECT, what + ": the kernel's TCP, and not ENA; no figure says ENA"));
    }
  }

  /** Counters of the ENA driver, in ethtool(8)'s words: packets that an allowance held back. */
  private static void allowances(Machine machine, String name, List<Finding> result) {
    Machine.Output said = machine.run(List.of("ethtool", "-S", name));
    if (said == null || said.status() != 0) {
      result.add(
          Finding.ok(
              "ENA allowances",
              name + ": not looked at: ethtool is not there, or has no counters",
              "install ethtool to see what the instance's limits hold back"));
      return;
    }
    StringJoiner exceeded = new StringJoiner(", ");
    for (String line : said.out().lines().toList()) {
      String[] words = line.strip().split(":\\s*");
      if (words.length == 2 && words[0].endsWith("_allowance_exceeded") && !words[1].equals("0")) {
        exceeded.add(words[0] + " " + words[1]);
      }
    }
    result.add(
        exceeded.length() == 0
            ? Finding.ok("ENA allowances", name + ": nothing was held back")
            : Finding.warning(
                "ENA allowances",
                name + ": packets were held back since boot: " + exceeded,
                "a larger instance type has larger allowances; EFA traffic is not shaped by them"));
  }
}
