package io.weft.comm.fabric;

import io.weft.comm.CommunicatorException;
import io.weft.comm.rendezvous.HostAddresses;
import io.weft.ffi.NetworkDriver;
import java.util.Comparator;

/** Which of this host's addresses to bind to. */
public final class OwnAddress {
  private static final String ENA_DRIVER = "ena";

  private OwnAddress() {}

  /**
   * The loopback's address if all ranks are on this host; else the IPv4 address of an interface
   * that is up: one of ENA if there is one, else the one the kernel numbered first, which bridges
   * and virtual interfaces seldom are.
   *
   * @param oneHost whether all ranks are on this host
   * @return a numeric IPv4 address
   */
  public static String choose(boolean oneHost) {
    if (oneHost) {
      return HostAddresses.LOOPBACK;
    }
    // Sorting is stable: of equal ones the first stays first.
    return HostAddresses.outward().stream()
        .sorted(Comparator.comparing(each -> !NetworkDriver.of(each.getName()).equals(ENA_DRIVER)))
        .findFirst()
        .flatMap(each -> HostAddresses.of(each).findFirst())
        .orElseThrow(
            () ->
                new CommunicatorException(
                    "this host has no network interface that is up and has an IPv4 address"));
  }
}
