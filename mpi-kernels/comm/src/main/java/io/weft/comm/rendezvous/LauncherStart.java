package io.weft.comm.rendezvous;

import io.weft.comm.CommunicatorException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/**
 * A start where the launcher tells the ranks where they meet: rank 0 listens, makes up the job's
 * secret, and puts both where the others read them. Once they have, the launcher is left.
 */
final class LauncherStart {
  private static final String KEY = "weft-rendezvous";

  private LauncherStart() {}

  /**
   * Joins the other ranks; blocks until all are there.
   *
   * @param environment the process's
   * @throws CommunicatorException if there is no launcher to ask, or the others do not come in time
   */
  static Rendezvous join(Map<String, String> environment) {
    long deadlineNanos = RendezvousSettings.deadlineNanos(environment);
    long silenceNanos = RendezvousSettings.silenceNanos(environment);
    ServerSocket listener = null;
    boolean joined = false;
    try {
      RendezvousSettings settings;
      try (KeyValueSpace space = KeyValueSpace.open(environment, deadlineNanos)) {
        Announcement announcement = null;
        if (space.rank() == 0) {
          boolean oneHost = space.localSize() == space.size();
          listener = listen(oneHost, space.size());
          announcement = announce(listener, oneHost, space);
        }
        space.fence();
        if (announcement == null) {
          announcement = Announcement.parse(space.get(0, KEY));
        }
        settings =
            new RendezvousSettings(
                announcement.hosts(),
                announcement.port(),
                space.rank(),
                space.size(),
                announcement.secret(),
                deadlineNanos,
                silenceNanos);
      }
      Rendezvous rendezvous = Rendezvous.join(settings, listener);
      joined = true;
      return rendezvous;
    } finally {
      if (!joined && listener != null) {
        close(listener);
      }
    }
  }

  /** At every address of this host, unless all ranks are on it. */
  private static ServerSocket listen(boolean oneHost, int size) {
    try {
      InetAddress address = oneHost ? InetAddress.ofLiteral(HostAddresses.LOOPBACK) : null;
      ServerSocket listener = new ServerSocket();
      listener.bind(new InetSocketAddress(address, 0), size);
      return listener;
    } catch (IOException e) {
      throw new CommunicatorException("rank 0 cannot listen: " + e.getMessage(), e);
    }
  }

  private static Announcement announce(
      ServerSocket listener, boolean oneHost, KeyValueSpace space) {
    byte[] secret = new byte[Announcement.SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    List<String> hosts = oneHost ? List.of(HostAddresses.LOOPBACK) : HostAddresses.all();
    Announcement announcement = new Announcement(hosts, listener.getLocalPort(), secret);
    space.put(KEY, announcement.text());
    return announcement;
  }

  private static void close(ServerSocket listener) {
    try {
      listener.close();
    } catch (IOException gone) {
      // It is closed either way.
    }
  }
}
