package io.weft.comm.evidence;

import io.weft.ffi.NetworkDriver;
import io.weft.ffi.TcpInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The connected TCP sockets of this process ({@code /proc/self/net/tcp}, proc(5)). */
public final class TcpConnections {
  private static final String ESTABLISHED = "01";
  private static final int IPV4_HEX = 8;
  private static final int IPV4_BYTES = 4;

  private TcpConnections() {}

  /**
   * Reads them all. Blocks for some system calls per socket.
   *
   * @return none if there is none
   */
  public static List<TcpConnection> ofThisProcess() {
    Map<String, String[]> endpoints = new HashMap<>();
    readTable(Path.of("/proc/self/net/tcp"), endpoints);
    readTable(Path.of("/proc/self/net/tcp6"), endpoints);
    List<TcpConnection> result = new ArrayList<>();
    Map<String, String> drivers = new HashMap<>();
    for (Map.Entry<Integer, String> socket : sockets().entrySet()) {
      String[] addresses = endpoints.get(socket.getValue());
      TcpInfo counters = addresses == null ? null : TcpInfo.of(socket.getKey());
      if (counters != null) {
        String networkInterface = interfaceOf(addresses[0]);
        String driver = drivers.computeIfAbsent(networkInterface, NetworkDriver::of);
        result.add(
            new TcpConnection(
                addresses[0],
                addresses[1],
                networkInterface,
                driver,
                counters.bytesAcked(),
                counters.bytesReceived()));
      }
    }
    return result;
  }

  /** Inode to local and remote address, of established connections. */
  private static void readTable(Path table, Map<String, String[]> endpoints) {
    if (!Files.isReadable(table)) {
      return; // A kernel without IPv6 has no tcp6.
    }
    try {
      for (String line : Files.readAllLines(table)) {
        String[] fields = line.strip().split("\\s+");
        if (fields.length > 9 && fields[3].equals(ESTABLISHED)) {
          endpoints.put(fields[9], new String[] {fields[1], fields[2]});
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** File descriptor to inode, of every socket that this process has open. */
  private static Map<Integer, String> sockets() {
    Map<Integer, String> result = new TreeMap<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors) {
        String target = target(descriptor);
        if (target.startsWith("socket:[")) {
          result.put(
              Integer.parseInt(descriptor.getFileName().toString()),
              target.substring("socket:[".length(), target.length() - 1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return result;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }

  /**
   * The interface that has an address of the form {@code 0100007F:1F90}; a local peer's traffic to
   * any address of this host goes through {@code lo}, whatever interface has the address.
   */
  private static String interfaceOf(String hexAddress) {
    byte[] address = bytes(hexAddress.substring(0, hexAddress.indexOf(':')));
    try {
      NetworkInterface found = NetworkInterface.getByInetAddress(InetAddress.getByAddress(address));
      return found == null ? "unknown" : found.getName();
    } catch (SocketException | UnknownHostException noSuchInterface) {
      return "unknown";
    }
  }

  /** The kernel prints addresses as host-order 32-bit words. */
  private static byte[] bytes(String hex) {
    byte[] words = HexFormat.of().parseHex(hex);
    byte[] result = new byte[words.length];
    for (int i = 0; i < words.length; i++) {
      result[i] = words[i / IPV4_BYTES * IPV4_BYTES + (IPV4_BYTES - 1 - i % IPV4_BYTES)];
    }
    boolean mapped = hex.length() > IPV4_HEX && hex.startsWith("0000000000000000FFFF0000");
    return mapped ? Arrays.copyOfRange(result, 12, 16) : result;
  }
}
