package io.weft.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The kernel's byte counters of a TCP socket of this process ({@code TCP_INFO}, tcp(7)).
 *
 * @param bytesAcked bytes sent and acknowledged
 * @param bytesReceived bytes received
 */
public record TcpInfo(long bytesAcked, long bytesReceived) {
  static final int IPPROTO_TCP = 6;
  static final int TCP_INFO = 11;

  /** Offset of {@code tcpi_bytes_acked} in {@code struct tcp_info} of {@code linux/tcp.h}. */
  static final long BYTES_ACKED = 120;

  /** Offset of {@code tcpi_bytes_received}. */
  static final long BYTES_RECEIVED = 128;

  static final int ROOM_BYTES = 512;

  /**
   * Reads the counters.
   *
   * @param fd a file descriptor of this process
   * @return the counters, or null if {@code fd} is no TCP socket
   */
  public static TcpInfo of(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(ROOM_BYTES, 8);
      MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, ROOM_BYTES);
      if (Libc.getsockopt(fd, IPPROTO_TCP, TCP_INFO, info, length) != 0
          || length.get(ValueLayout.JAVA_INT, 0) < BYTES_RECEIVED + Long.BYTES) {
        return null;
      }
      return new TcpInfo(
          info.get(ValueLayout.JAVA_LONG, BYTES_ACKED),
          info.get(ValueLayout.JAVA_LONG, BYTES_RECEIVED));
    }
  }
}
