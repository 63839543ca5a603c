package io.weft.comm.rendezvous;

import io.weft.comm.CommunicatorException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;

/** The addresses at which ranks may reach this host. */
final class HostAddresses {
  static final String LOOPBACK = "127.0.0.1";

  private HostAddresses() {}

  /**
   * The IPv4 addresses of the interfaces that are up, in the kernel's order; not the loopback's,
   * and none that is valid on one link alone. Which of them another host reaches, it finds out by
   * trying: bridges for containers, for one, have the same address on every host. The loopback's
   * alone if there is no other.
   */
  static List<String> all() {
    try {
      List<String> addresses =
          NetworkInterface.networkInterfaces()
              .filter(HostAddresses::isOutward)
              .sorted(Comparator.comparing(NetworkInterface::getIndex))
              .flatMap(NetworkInterface::inetAddresses)
              .filter(each -> each instanceof Inet4Address && !each.isLinkLocalAddress())
              .map(InetAddress::getHostAddress)
              .limit(Announcement.MOST_HOSTS)
              .toList();
      return addresses.isEmpty() ? List.of(LOOPBACK) : addresses;
    } catch (SocketException e) {
      throw unlisted(e);
    }
  }

  private static boolean isOutward(NetworkInterface each) {
    try {
      return each.isUp() && !each.isLoopback();
    } catch (SocketException e) {
      throw unlisted(e);
    }
  }

  private static CommunicatorException unlisted(SocketException e) {
    return new CommunicatorException(
        "this host's network interfaces cannot be listed: " + e.getMessage(), e);
  }
}
