package io.weft.comm.fabric;

import io.weft.comm.CommunicatorException;
import io.weft.ffi.NetworkDriver;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which of this host's addresses to bind to. */
final class OwnAddress {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String ENA_DRIVER = "ena";

  private OwnAddress() {}

  /**
   * The loopback's address if all ranks are on this host; else the IPv4 address of an interface
   * that is up: one of ENA if there is one, else the one the kernel numbered first, which bridges
   * and virtual interfaces seldom are.
   */
  static String choose(boolean oneHost) {
    if (oneHost) {
      return LOOPBACK;
    }
    try {
      List<NetworkInterface> candidates = new ArrayList<>();
      for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
        if (each.isUp() && !each.isLoopback() && addressOf(each) != null) {
          candidates.add(each);
        }
      }
      return candidates.stream()
          .min(
              Comparator.comparing(
                      (NetworkInterface each) ->
                          !NetworkDriver.of(each.getName()).equals(ENA_DRIVER))
                  .thenComparing(NetworkInterface::getIndex))
          .map(OwnAddress::addressOf)
          .orElseThrow(
              () ->
                  new CommunicatorException(
                      "this host has no network interface that is up and has an IPv4 address"));
    } catch (SocketException e) {
      throw new CommunicatorException(
          "this host's network interfaces cannot be listed: " + e.getMessage(), e);
    }
  }

  private static String addressOf(NetworkInterface networkInterface) {
    return networkInterface
        .inetAddresses()
        .filter(address -> address instanceof Inet4Address && !address.isLinkLocalAddress())
        .map(InetAddress::getHostAddress)
        .findFirst()
        .orElse(null);
  }
}
