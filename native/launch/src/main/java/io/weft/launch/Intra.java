package io.weft.launch;

/** What ranks of one host use among themselves. */
public enum Intra {
  /** Shared memory. */
  SHM("shm"),
  /** The same network as between hosts. */
  SAME("same");

  private final String label;

  Intra(String label) {
    this.label = label;
  }

  /**
   * Finds the axis value of a word.
   *
   * @param label as on the command line
   * @return the value
   * @throws IllegalArgumentException that lists the legal words
   */
  public static Intra of(String label) {
    return Labels.find(values(), label, "intra");
  }

  /** The word on the command line. */
  @Override
  public String toString() {
    return label;
  }
}
