package io.weft.comm.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The kernel's view of sockets of this process. */
class TcpConnectionsTest {
  private static final int SENT = 70_001;
  private static final int ANSWERED = 11;

  @Test
  void countsTheBytesOfAnIpv4Connection() throws IOException {
    counts(StandardProtocolFamily.INET, "127.0.0.1", "0100007F:");
  }

  @Test
  void countsTheBytesOfAnIpv6Connection() throws IOException {
    Assumptions.assumeTrue(hasIpv6(), "this kernel has no IPv6 loopback");
    counts(StandardProtocolFamily.INET6, "::1", "00000000000000000000000001000000:");
  }

  /** A socket of the IPv6 family that speaks IPv4, as Java makes them. */
  @Test
  void findsTheInterfaceOfMappedAddresses() throws IOException {
    Assumptions.assumeTrue(hasIpv6(), "this kernel has no IPv6 loopback");
    counts(StandardProtocolFamily.INET6, "127.0.0.1", "0000000000000000FFFF00000100007F:");
  }

  private static boolean hasIpv6() throws IOException {
    return InetAddress.getByName("::1").isReachable(1000);
  }

  private void counts(StandardProtocolFamily family, String address, String hex)
      throws IOException {
    InetAddress lo = InetAddress.getByName(address);
    try (ServerSocketChannel server = ServerSocketChannel.open(family)) {
      server.bind(new InetSocketAddress(lo, 0));
      int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
      try (SocketChannel client = SocketChannel.open(family)) {
        client.connect(new InetSocketAddress(lo, port));
        try (SocketChannel accepted = server.accept()) {
          transfer(client, accepted, SENT);
          transfer(accepted, client, ANSWERED);
          String serverEnd = hex + String.format("%04X", port);
          TcpConnection sender = find(serverEnd, false, SENT);
          assertEquals("lo", sender.networkInterface());
          assertEquals("lo", sender.driver());
          assertCounted(SENT, sender.bytesSent());
          assertEquals(ANSWERED, sender.bytesReceived());
          TcpConnection receiver = find(serverEnd, true, ANSWERED);
          assertEquals(sender.local(), receiver.remote());
          assertCounted(ANSWERED, receiver.bytesSent());
          assertEquals(SENT, receiver.bytesReceived());
        }
      }
      String serverEnd = hex + String.format("%04X", port);
      assertTrue(
          TcpConnections.ofThisProcess().stream()
              .noneMatch(c -> c.local().equals(serverEnd) || c.remote().equals(serverEnd)),
          "a listener and a closed connection are no connections");
    }
  }

  /** The kernel counts the packet that asks for the connection as a byte. */
  private static void assertCounted(long expected, long found) {
    assertTrue(found == expected || found == expected + 1, found + " instead of " + expected);
  }

  private static void transfer(SocketChannel from, SocketChannel to, int bytes) throws IOException {
    from.write(ByteBuffer.allocate(bytes));
    ByteBuffer in = ByteBuffer.allocate(bytes);
    while (in.hasRemaining()) {
      to.read(in);
    }
  }

  /** Acknowledgements come a little later than the bytes. */
  private static TcpConnection find(String serverEnd, boolean local, long sent) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    Optional<TcpConnection> found;
    do {
      List<TcpConnection> all = TcpConnections.ofThisProcess();
      found =
          all.stream().filter(c -> (local ? c.local() : c.remote()).equals(serverEnd)).findFirst();
      assertTrue(found.isPresent(), serverEnd + " is not in " + all);
      Thread.yield();
    } while (found.get().bytesSent() < sent && System.nanoTime() < end);
    return found.get();
  }
}
