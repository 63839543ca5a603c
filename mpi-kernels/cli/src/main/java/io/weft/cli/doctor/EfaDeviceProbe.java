package io.weft.cli.doctor;

import java.util.ArrayList;
import java.util.List;

/**
 * EFA devices: what the kernel has, whether this process may open them, and whether libfabric finds
 * them.
 */
record EfaDeviceProbe(Libraries libraries) implements Probe {
  private static final String SUBJECT = "EFA";
  private static final String CLASS = "/sys/class/infiniband";
  private static final String VERBS = "/sys/class/infiniband_verbs";

  /** The devices whose kernel driver is efa. */
  static List<String> devices(Machine machine) {
    return machine.names(CLASS).stream()
        .filter(name -> "efa".equals(machine.target(CLASS + "/" + name + "/device/driver")))
        .toList();
  }

  @Override
  public List<Finding> look(Machine machine) {
    List<String> devices = devices(machine);
    if (libraries.efa().emulated()) {
      return List.of(
          Finding.warning(
              SUBJECT,
              "an emulated device, whose times say nothing about EFA",
              "measure on an instance type with EFA"));
    }
    if (devices.isEmpty()) {
      return List.of(
          Finding.ok(
              SUBJECT,
              "no device",
              "where there should be one: InterfaceType efa on the instance, its driver loaded"
                  + " (modprobe efa)"));
    }
    List<Finding> result = new ArrayList<>();
    devices.forEach(device -> result.add(look(machine, device)));
    if (libraries.efa().missing() != null) {
      result.add(
          Finding.error(
              SUBJECT,
              "the kernel has %s, but libfabric finds none: %s"
                  .formatted(String.join(", ", devices), libraries.efa().missing()),
              "install the EFA installer's libfabric, and let this process find it"
                  + " (LD_LIBRARY_PATH=/opt/amazon/efa/lib64)"));
    }
    return result;
  }

  private static Finding look(Machine machine, String device) {
    String folder = CLASS + "/" + device;
    String state = text(machine, folder + "/ports/1/state");
    String what =
        "%s: port %s, rate %s".formatted(device, state, text(machine, folder + "/ports/1/rate"));
    String file = verbsFile(machine, device);
    if (file == null || !machine.isReadWrite(file)) {
      return Finding.error(
          SUBJECT,
          what + "; " + (file == null ? "no file in /dev/infiniband" : file + " may not be opened"),
          "modprobe ib_uverbs; for a container give the device (--device, AWS Batch:"
              + " linuxParameters.devices), one for each card");
    }
    return state.contains("ACTIVE")
        ? Finding.ok(SUBJECT, what + ", " + file)
        : Finding.error(SUBJECT, what, "see dmesg for what the efa driver says of it");
  }

  private static String verbsFile(Machine machine, String device) {
    return machine.names(VERBS).stream()
        .filter(name -> device.equals(machine.text(VERBS + "/" + name + "/ibdev")))
        .map(name -> "/dev/infiniband/" + name)
        .findFirst()
        .orElse(null);
  }

  private static String text(Machine machine, String file) {
    String text = machine.text(file);
    return text == null ? "unknown" : text;
  }
}
