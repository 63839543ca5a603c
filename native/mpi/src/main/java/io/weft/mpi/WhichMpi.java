package io.weft.mpi;

import io.weft.mpi.ffm.LibmpiFile;

/**
 * Prints in one line which MPI this process would use: the ABI, the library's own version, its
 * file. Does not initialise MPI, so it runs with and without a launcher.
 */
public final class WhichMpi {
  private WhichMpi() {}

  /**
   * The line.
   *
   * @return such as {@code openmpi: Open MPI v4.1.4, ... (/usr/lib/.../libmpi.so.40.30.4)}
   * @throws MpiUnavailableException if there is no libmpi that Weft knows
   */
  public static String describe() {
    LibmpiFile file = LibmpiFile.current();
    return file.abi().label() + ": " + file.version() + " (" + file.path() + ")";
  }

  /**
   * Prints the line; ends with status 1, and says why, if there is none.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    try {
      System.out.println(describe());
    } catch (MpiUnavailableException none) {
      System.err.println(none.getMessage());
      System.exit(1);
    }
  }
}
