package io.weft.ffi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TcpInfoTest {
  private static final int BYTES = 100_000;

  @Test
  void countsTheBytesOfALoopbackConnection() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      long before = received();
      try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
          Socket accepted = server.accept()) {
        Thread writer =
            Thread.ofPlatform()
                .start(
                    () -> {
                      try {
                        client.getOutputStream().write(new byte[BYTES]);
                      } catch (IOException e) {
                        throw new UncheckedIOException(e);
                      }
                    });
        assertEquals(BYTES, accepted.getInputStream().readNBytes(BYTES).length);
        writer.join();
        assertEquals(BYTES, received() - before);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  @Test
  void aFileIsNoSocket() {
    assertNull(TcpInfo.of(0), "standard input");
    assertNull(TcpInfo.of(-1), "no descriptor");
  }

  @Test
  void theLoopbackAndEveryInterfaceHaveADriver() throws IOException {
    assertEquals("lo", NetworkDriver.of("lo"));
    try (Stream<Path> interfaces = Files.list(Path.of("/sys/class/net"))) {
      for (Path path : interfaces.toList()) {
        String name = path.getFileName().toString();
        Path driver = path.resolve("device/driver");
        if (Files.exists(driver)) {
          // The kernel's own link says the same as the driver does.
          assertEquals(driver.toRealPath().getFileName().toString(), NetworkDriver.of(name));
        }
      }
    }
    assertEquals("unknown", NetworkDriver.of("weft-none"));
    assertTrue(
        assertThrows(
                IllegalArgumentException.class, () -> NetworkDriver.of("a-name-that-is-too-long"))
            .getMessage()
            .contains("longer than 15 bytes"));
  }

  /** Over all TCP sockets of this JVM. */
  private static long received() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors
          .map(path -> TcpInfo.of(Integer.parseInt(path.getFileName().toString())))
          .filter(Objects::nonNull)
          .mapToLong(TcpInfo::bytesReceived)
          .sum();
    }
  }
}
