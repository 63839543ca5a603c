package io.weft.launch;

/** What messages cross between hosts, as it is asked for; what they did cross is found later. */
public enum Network {
  /** EFA where there is a device, else the kernel's TCP. */
  AUTO("auto"),
  /** Amazon's Elastic Fabric Adapter. */
  EFA("efa"),
  /** The kernel's TCP stack, on an ENA interface where there is one. */
  ENA("ena"),
  /** Memory shared by the ranks of one host. */
  SHM("shm");

  private final String label;

  Network(String label) {
    this.label = label;
  }

  /**
   * Finds the axis value of a word.
   *
   * @param label as on the command line
   * @return the value
   * @throws IllegalArgumentException that lists the legal words
   */
  public static Network of(String label) {
    return Labels.find(values(), label, "network");
  }

  /** The word on the command line. */
  @Override
  public String toString() {
    return label;
  }
}
