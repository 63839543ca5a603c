package io.weft.launch;

/** The families of MPI that Weft knows; they differ in ABI and in how ranks are started. */
public enum MpiVendor {
  /** Open MPI 4 and 5. */
  OPEN_MPI("Open MPI", "openmpi", "libmpi.so.40"),
  /** MPICH 4 and what shares its ABI. */
  MPICH("MPICH", "mpich", "libmpich.so.12");

  private final String title;
  private final String label;
  private final String library;

  MpiVendor(String title, String label, String library) {
    this.title = title;
    this.label = label;
    this.library = library;
  }

  /**
   * Finds the vendor of a word.
   *
   * @param label {@code openmpi} or {@code mpich}
   * @return the vendor
   * @throws IllegalArgumentException that lists the legal words
   */
  public static MpiVendor of(String label) {
    return Labels.find(values(), label, "MPI");
  }

  /**
   * The name that people use.
   *
   * @return {@code Open MPI} or {@code MPICH}
   */
  public String title() {
    return title;
  }

  /**
   * The file name of its library.
   *
   * @return the soname that programs link to
   */
  public String library() {
    return library;
  }

  /** The word on the command line. */
  @Override
  public String toString() {
    return label;
  }
}
