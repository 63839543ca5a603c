package io.weft.cli.doctor;

import io.weft.launch.MpiInstallation;
import io.weft.launch.MpiVendor;
import java.util.ArrayList;
import java.util.List;

/** Which MPIs are here, and which of them runs would use. */
record MpiProbe(Libraries libraries) implements Probe {
  private static final String SUBJECT = "MPI";
  private static final int OLDEST_MAJOR = 4;

  @Override
  public List<Finding> look(Machine machine) {
    if (libraries.mpis().isEmpty()) {
      String why = libraries.mpiMissing();
      return List.of(
          Finding.error(
              SUBJECT,
              why == null ? "none found" : why,
              "install Open MPI: scripts/setup run; or name its mpirun in WEFT_MPIRUN"));
    }
    List<Finding> result = new ArrayList<>();
    for (MpiInstallation mpi : libraries.mpis()) {
      String what = mpi + ", " + abi(mpi.vendor()) + (result.isEmpty() ? ", used by default" : "");
      result.add(
          mpi.isAtLeast(OLDEST_MAJOR)
              ? Finding.ok(SUBJECT, what)
              : Finding.warning(
                  SUBJECT,
                  what + ": older than all that Weft is tested with",
                  "install version " + OLDEST_MAJOR + " or newer"));
    }
    String named = machine.environment().get("WEFT_MPI_LIB");
    if (named != null
        && !named.isEmpty()
        && libraries.mpis().stream().noneMatch(m -> is(m, named))) {
      result.add(
          Finding.warning(
              SUBJECT,
              "WEFT_MPI_LIB=" + named + " is the library of none of these launchers",
              "unset WEFT_MPI_LIB, or name the launcher that belongs to it in WEFT_MPIRUN"));
    }
    return result;
  }

  private static boolean is(MpiInstallation mpi, String named) {
    return mpi.libmpi().toString().equals(named);
  }

  private static String abi(MpiVendor vendor) {
    return vendor == MpiVendor.OPEN_MPI
        ? "ABI of Open MPI 4 and 5 (libmpi.so.40)"
        : "ABI of MPICH (libmpich.so.12)";
  }
}
