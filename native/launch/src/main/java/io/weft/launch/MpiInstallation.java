package io.weft.launch;

import java.nio.file.Path;

/**
 * An MPI that can start ranks: a launcher and the library that belongs to it.
 *
 * @param vendor its family
 * @param version as the launcher prints it, such as {@code 4.1.4}
 * @param mpirun the launcher
 * @param libmpi the library; ranks open this one and no other
 */
public record MpiInstallation(MpiVendor vendor, String version, Path mpirun, Path libmpi) {
  /** The installation in one line, for messages. */
  @Override
  public String toString() {
    return vendor.title() + " " + version + " (" + mpirun + ", " + libmpi + ")";
  }

  /**
   * Says whether this is Open MPI or MPICH of at least a major version.
   *
   * @param major the version's first number
   * @return true if it is that or newer
   */
  public boolean isAtLeast(int major) {
    return Integer.parseInt(version.substring(0, version.indexOf('.'))) >= major;
  }
}
