package io.weft.results.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * Which addresses belong to the public Internet: not those of this machine, its networks, or the
 * metadata service of its cloud. By the special-purpose registries of IANA (RFC 6890); of IPv6 only
 * what is assigned as global unicast is public.
 */
final class PublicAddresses {
  /** First four bytes and length of prefixes of IPv4 that are not public. */
  private static final int[][] IPV4 = {
    {0x00000000, 8}, // "this network"
    {0x0A000000, 8}, // private
    {0x64400000, 10}, // carriers' NAT
    {0x7F000000, 8}, // loopback
    {0xA9FE0000, 16}, // link-local, where clouds have their metadata
    {0xAC100000, 12}, // private
    {0xC0000000, 24}, // protocol assignments
    {0xC0000200, 24}, // documentation
    {0xC0586300, 24}, // relays to 6to4
    {0xC0A80000, 16}, // private
    {0xC6120000, 15}, // benchmarks
    {0xC6336400, 24}, // documentation
    {0xCB007100, 24}, // documentation
    {0xE0000000, 4}, // multicast
    {0xF0000000, 4}, // reserved, broadcast
  };

  /** First four bytes and length of prefixes within 2000::/3 that are not public. */
  private static final int[][] IPV6 = {
    {0x20010000, 23}, // protocols: Teredo and ORCHID, which lead to other addresses
    {0x20010DB8, 32}, // documentation
    {0x20020000, 16}, // 6to4, which has an IPv4 address inside
    {0x3FFF0000, 20}, // documentation
  };

  private static final int GLOBAL_UNICAST = 0x20000000;

  private PublicAddresses() {}

  /**
   * Says whether an address is public.
   *
   * @param address any
   * @return false for all that may be inside
   */
  static boolean contain(InetAddress address) {
    byte[] bytes = address.getAddress();
    int first =
        (bytes[0] & 0xFF) << 24
            | (bytes[1] & 0xFF) << 16
            | (bytes[2] & 0xFF) << 8
            | (bytes[3] & 0xFF);
    if (address instanceof Inet4Address) {
      return !isWithin(first, IPV4);
    }
    return isWithin(first, GLOBAL_UNICAST, 3) && !isWithin(first, IPV6);
  }

  private static boolean isWithin(int address, int[][] prefixes) {
    for (int[] prefix : prefixes) {
      if (isWithin(address, prefix[0], prefix[1])) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWithin(int address, int prefix, int bits) {
    return (address ^ prefix) >>> (Integer.SIZE - bits) == 0;
  }
}
