package io.weft.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** The kernel driver of a network interface ({@code SIOCETHTOOL}, netdevice(7)). */
public final class NetworkDriver {
  private static final int AF_INET = 2;
  private static final int SOCK_DGRAM = 2;
  static final long SIOCETHTOOL = 0x8946;
  static final int ETHTOOL_GDRVINFO = 3;
  static final int NAME_BYTES = 16;

  /** Offset of {@code ifr_data} in {@code struct ifreq}. */
  static final long IFR_DATA = 16;

  static final long IFREQ_BYTES = 40;

  /** Offset of {@code driver}, 32 bytes, in {@code struct ethtool_drvinfo}. */
  static final long DRIVER = 4;

  static final long DRVINFO_BYTES = 196;

  private NetworkDriver() {}

  /**
   * Asks the kernel for an interface's driver.
   *
   * @param name the interface, such as {@code eth0}
   * @return the driver, such as {@code ena} or {@code veth}; {@code lo} for the loopback; {@code
   *     unknown} if the driver does not say
   */
  public static String of(String name) {
    if (name.equals("lo")) {
      return "lo";
    }
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length >= NAME_BYTES) {
      throw new IllegalArgumentException(
          "interface name \"" + name + "\" is longer than " + (NAME_BYTES - 1) + " bytes");
    }
    int socket = Libc.socket(AF_INET, SOCK_DGRAM, 0);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(DRVINFO_BYTES, 8);
      info.set(ValueLayout.JAVA_INT, 0, ETHTOOL_GDRVINFO);
      MemorySegment request = arena.allocate(IFREQ_BYTES, 8);
      MemorySegment.copy(bytes, 0, request, ValueLayout.JAVA_BYTE, 0, bytes.length);
      request.set(ValueLayout.JAVA_LONG, IFR_DATA, info.address());
      if (Libc.ioctl(socket, SIOCETHTOOL, request) != 0) {
        return "unknown";
      }
      String driver = info.getString(DRIVER);
      return driver.isEmpty() ? "unknown" : driver;
    } finally {
      Libc.close(socket);
    }
  }
}
