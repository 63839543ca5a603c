package io.weft.comm.rendezvous;

import io.weft.comm.CommunicatorException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The addresses at which ranks may reach this host. */
public final class HostAddresses {
  /** Reaches this host from itself alone. */
  public static final String LOOPBACK = "127.0.0.1";

  private HostAddresses() {}

  /**
   * The interfaces that other hosts may reach: those that are up, have an IPv4 address, and are not
   * the loopback.
   *
   * @return in the order in which the kernel numbered them
   */
  public static List<NetworkInterface> outward() {
    try {
      List<NetworkInterface> found = new ArrayList<>();
      for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
        if (each.isUp() && !each.isLoopback() && of(each).findAny().isPresent()) {
          found.add(each);
        }
      }
      found.sort(Comparator.comparing(NetworkInterface::getIndex));
      return found;
    } catch (SocketException e) {
      throw new CommunicatorException(
          "this host's network interfaces cannot be listed: " + e.getMessage(), e);
    }
  }

  /**
   * An interface's IPv4 addresses that are valid on more than one link.
   *
   * @param networkInterface which
   * @return the addresses as numbers
   */
  public static Stream<String> of(NetworkInterface networkInterface) {
    return networkInterface
        .inetAddresses()
        .filter(address -> address instanceof Inet4Address && !address.isLinkLocalAddress())
        .map(InetAddress::getHostAddress);
  }

  /**
   * The addresses of all outward interfaces; the loopback's alone if there is none. Which of them
   * another host reaches, it finds out by trying: bridges for containers, for one, have the same
   * address on every host.
   */
  static List<String> all() {
    List<String> addresses =
        outward().stream().flatMap(HostAddresses::of).limit(Announcement.MOST_HOSTS).toList();
    return addresses.isEmpty() ? List.of(LOOPBACK) : addresses;
  }
}
