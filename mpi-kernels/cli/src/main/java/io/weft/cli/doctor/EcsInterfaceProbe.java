package io.weft.cli.doctor;

import java.util.List;

/**
 * The interface that leads to ECS's agent in containers of AWS Batch. It has the same network on
 * every host: a message sent there arrives nowhere.
 */
record EcsInterfaceProbe() implements Probe {
  private static final String NAME = "ecs-eth0";
  private static final String EXCLUDE = "btl_tcp_if_exclude";
  private static final String INCLUDE = "btl_tcp_if_include";

  @Override
  public List<Finding> look(Machine machine) {
    if (!machine.names("/sys/class/net").contains(NAME)) {
      return List.of(Finding.ok("trap", NAME + " is not here"));
    }
    String included = setting(machine, INCLUDE);
    String excluded = setting(machine, EXCLUDE);
    boolean safe =
        included != null ? !included.contains(NAME) : excluded != null && excluded.contains(NAME);
    return List.of(
        safe
            ? Finding.ok("trap", NAME + " is here, and Open MPI is told to keep off it")
            : Finding.error(
                "trap",
                NAME + " is here, has the same addresses on every host, and Open MPI may use it",
                "export OMPI_MCA_"
                    + EXCLUDE
                    + "=lo,"
                    + NAME
                    + " OMPI_MCA_oob_tcp_if_exclude=lo,"
                    + NAME
                    + "; the entry point of Weft's container does"));
  }

  /** As Open MPI reads it: the environment first, then the user's parameter file. */
  private static String setting(Machine machine, String name) {
    String value = machine.environment().get("OMPI_MCA_" + name);
    if (value != null) {
      return value;
    }
    String home = machine.environment().get("HOME");
    String file = home == null ? null : machine.text(home + "/.openmpi/mca-params.conf");
    for (String line : (file == null ? "" : file).lines().toList()) {
      String[] words = line.split("=", 2);
      if (words.length == 2 && words[0].strip().equals(name)) {
        value = words[1].strip();
      }
    }
    return value;
  }
}
