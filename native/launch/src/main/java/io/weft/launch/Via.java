package io.weft.launch;

/** The library that messages go through. */
public enum Via {
  /** libmpi. */
  MPI("mpi"),
  /** libfabric, with no MPI on the data path. */
  LIBFABRIC("libfabric");

  private final String label;

  Via(String label) {
    this.label = label;
  }

  /**
   * Finds the axis value of a word.
   *
   * @param label as on the command line
   * @return the value
   * @throws IllegalArgumentException that lists the legal words
   */
  public static Via of(String label) {
    return Labels.find(values(), label, "via");
  }

  /** The word on the command line. */
  @Override
  public String toString() {
    return label;
  }
}
