package io.weft.bench.peer;

import io.weft.bench.SentBytes;
import io.weft.comm.Transport;
import io.weft.comm.TransportEvidence;
import io.weft.ffi.NetworkDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;

/**
 * Which interface datagrams took, by the bytes that the kernel has sent through it ({@code
 * /proc/self/net/dev}, proc(5)). It counts for all processes of a host: less than a probe's bytes
 * says that the datagrams did not pass, more that they may have.
 */
final class UdpEvidence {
  private UdpEvidence() {}

  /** One line: the address's interface, its driver, the bytes it has sent. */
  static String of(String address) {
    try {
      NetworkInterface found = NetworkInterface.getByInetAddress(InetAddress.ofLiteral(address));
      if (found == null) {
        throw new IllegalStateException("no interface of this host has the address " + address);
      }
      String name = found.getName();
      return "%s\t%s\t%d".formatted(name, NetworkDriver.of(name), SentBytes.of(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Concludes for two ranks that sent each other a probe. */
  static Transport conclude(String via, String library, List<String> before, List<String> after) {
    String[] earlier = before.getFirst().split("\t");
    String[] later = after.getFirst().split("\t");
    long sent = Long.parseLong(later[2]) - Long.parseLong(earlier[2]);
    boolean passed = sent >= TransportEvidence.PROBE_BYTES;
    String driver = later[1];
    String network =
        !passed ? Transport.UNKNOWN : driver.equals("ena") ? driver : "udp (" + driver + ")";
    return new Transport(
        via,
        library,
        network,
        network,
        Transport.UNKNOWN,
        Transport.UNKNOWN,
        later[0] + " (driver " + driver + ")",
        List.of("interface " + later[0] + " sent " + sent + " bytes"));
  }
}
