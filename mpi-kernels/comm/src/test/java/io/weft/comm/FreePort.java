package io.weft.comm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/** Ports to listen at, below those that the kernel gives to whoever asks for any. */
public final class FreePort {
  private static final int FIRST = 12_000;
  private static final int LAST = 22_000;
  private static final int TRIES = 100;

  private FreePort() {}

  /**
   * One of the loopback interface that nobody listens at.
   *
   * @return its number
   */
  public static int any() {
    IOException taken = null;
    for (int i = 0; i < TRIES; i++) {
      int port = RandomGenerator.getDefault().nextInt(FIRST, LAST);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException inUse) {
        taken = inUse;
      }
    }
    throw new UncheckedIOException(taken);
  }
}
