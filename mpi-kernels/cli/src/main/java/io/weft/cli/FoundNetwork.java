package io.weft.cli;

import io.weft.comm.Transport;
import io.weft.launch.Intra;
import io.weft.launch.Network;
import java.util.Arrays;

/** Holds what was found against what was asked for by name. */
public final class FoundNetwork {
  private FoundNetwork() {}

  /**
   * Says why a run must not go on, or its result not count.
   *
   * @param choice the network asked for
   * @param found what messages really cross
   * @return null if it is the network asked for, or none was named
   */
  static String mismatch(NetworkChoice choice, Transport found) {
    if (!choice.named() || found.network().equals("self")) {
      return null;
    }
    boolean between = allAre(choice.network(), found.network());
    boolean withinHost =
        found.intra().equals("none")
            || allAre(choice.intra() == Intra.SHM ? Network.SHM : choice.network(), found.intra());
    if (between && withinHost) {
      return null;
    }
    return "asked for network "
        + choice.network()
        + " (--intra "
        + choice.intra()
        + "), but messages cross "
        + found.network()
        + " between hosts and "
        + found.intra()
        + " within them. Evidence: "
        + String.join("; ", found.evidence())
        + ". Library: "
        + found.library()
        + ", plug-ins "
        + found.provider()
        + ". Look for OMPI_MCA_*, UCX_* and FI_* variables or an MCA parameter file that choose"
        + " another network";
  }

  /**
   * Says whether all that was found is the network asked for. {@code ena} is the kernel's TCP over
   * whatever interface, as for {@code weft run}.
   *
   * @param asked as on the command line
   * @param found as {@link Transport#network} has it
   * @return true if it is
   */
  public static boolean allAre(Network asked, String found) {
    return Arrays.stream(found.split("\\+")).allMatch(one -> is(asked, one));
  }

  private static boolean is(Network asked, String found) {
    return switch (asked) {
      case AUTO -> true;
      case EFA -> found.equals("efa") || found.equals(Transport.EMULATED_EFA);
      case ENA -> found.equals("ena") || found.startsWith("tcp (");
      case SHM -> found.equals("shm");
    };
  }
}
