package io.weft.comm.rendezvous;

import io.weft.comm.CommunicatorException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** How the ranks come together: rank 0 listens, the others connect to it. */
final class Meeting {
  private static final int HANDSHAKE_MILLIS = 5_000;
  private static final int RETRY_MILLIS = 50;
  private static final int LISTEN_MILLIS = 100;

  private Meeting() {}

  /** Rank 0's side where the address is given: listens there. */
  static ServerSocket listen(RendezvousSettings settings) {
    try {
      ServerSocket listener = new ServerSocket();
      try {
        InetSocketAddress address =
            new InetSocketAddress(settings.hosts().getFirst(), settings.port());
        listener.bind(address, settings.size());
        return listener;
      } catch (IOException failed) {
        listener.close();
        throw failed;
      }
    } catch (IOException e) {
      throw deaf(settings, e);
    }
  }

  /**
   * Rank 0's side: a connection to each other rank, or an error that names those missing. Closes
   * the listener.
   */
  static Connection[] gather(RendezvousSettings settings, ServerSocket listening) {
    Connection[] members = new Connection[settings.size()];
    AtomicInteger strangers = new AtomicInteger();
    long end = System.nanoTime() + settings.deadlineNanos();
    try (ServerSocket listener = listening) {
      listener.setSoTimeout(LISTEN_MILLIS);
      while (!missing(members).isEmpty()) {
        if (System.nanoTime() - end > 0) {
          throw late(settings, members, strangers.get());
        }
        accept(listener, settings, members, strangers);
      }
      return members;
    } catch (IOException e) {
      throw deaf(settings, e);
    }
  }

  private static CommunicatorException deaf(RendezvousSettings settings, IOException cause) {
    return new CommunicatorException(
        "rank 0 cannot listen at " + settings.address() + ": " + cause.getMessage(), cause);
  }

  private static void accept(
      ServerSocket listener,
      RendezvousSettings settings,
      Connection[] members,
      AtomicInteger strangers)
      throws IOException {
    Socket socket;
    try {
      socket = listener.accept();
    } catch (SocketTimeoutException nobody) {
      return;
    }
    // Of its own, so that one that says nothing keeps nobody waiting.
    Thread.ofVirtual().start(() -> admit(socket, settings, members, strangers));
  }

  private static void admit(
      Socket socket, RendezvousSettings settings, Connection[] members, AtomicInteger strangers) {
    try {
      socket.setSoTimeout(HANDSHAKE_MILLIS);
      Connection connection = new Connection(socket);
      int rank = Handshake.admit(connection.in, connection.out(), settings);
      socket.setSoTimeout(0);
      synchronized (members) {
        if (members[rank] == null) {
          members[rank] = connection;
          return;
        }
      }
      byte[] reason = ("rank " + rank + " is there already").getBytes(StandardCharsets.UTF_8);
      connection.send(Connection.Kind.FAIL, reason);
      connection.close();
    } catch (IOException stranger) {
      strangers.incrementAndGet();
      try {
        socket.close();
      } catch (IOException closed) {
        stranger.addSuppressed(closed);
      }
    }
  }

  private static List<Integer> missing(Connection[] members) {
    List<Integer> ranks = new ArrayList<>();
    synchronized (members) {
      for (int rank = 1; rank < members.length; rank++) {
        if (members[rank] == null) {
          ranks.add(rank);
        }
      }
    }
    return ranks;
  }

  private static CommunicatorException late(
      RendezvousSettings settings, Connection[] members, int strangers) {
    String reason =
        "after "
            + settings.deadlineNanos() / 1_000_000_000L
            + " s these of "
            + settings.size()
            + " ranks had not come to "
            + settings.address()
            + ": "
            + missing(members)
            + (strangers == 0 ? "" : "; " + strangers + " others came that did not belong here");
    synchronized (members) {
      for (Connection member : members) {
        if (member != null) {
          tell(member, reason);
          member.close();
        }
      }
    }
    return new CommunicatorException("rank 0: " + reason);
  }

  private static void tell(Connection member, String reason) {
    try {
      member.send(Connection.Kind.FAIL, reason.getBytes(StandardCharsets.UTF_8));
    } catch (IOException gone) {
      // It will find out by itself that rank 0 is gone.
    }
  }

  /** The other ranks' side: a connection to rank 0, at the first of its addresses that answers. */
  static Connection join(RendezvousSettings settings) {
    long end = System.nanoTime() + settings.deadlineNanos();
    while (true) {
      for (String host : settings.hosts()) {
        try {
          return connect(settings, host);
        } catch (Handshake.StrangerException stranger) {
          // One address of several may be another host's as well, such as a bridge's.
          if (settings.hosts().size() == 1 || System.nanoTime() - end > 0) {
            throw failure(settings, stranger);
          }
        } catch (IOException notYet) {
          if (System.nanoTime() - end > 0) {
            throw failure(settings, notYet);
          }
        }
      }
      try {
        Thread.sleep(RETRY_MILLIS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw failure(settings, interrupted);
      }
    }
  }

  private static Connection connect(RendezvousSettings settings, String host) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, settings.port()), connectMillis(settings));
      socket.setSoTimeout(HANDSHAKE_MILLIS);
      Connection connection = new Connection(socket);
      Handshake.enter(connection.in, connection.out(), settings);
      socket.setSoTimeout(0);
      return connection;
    } catch (IOException failed) {
      socket.close();
      throw failed;
    }
  }

  /** So long that each address gets two tries, also where a firewall drops what is sent. */
  private static int connectMillis(RendezvousSettings settings) {
    long share = settings.deadlineNanos() / 1_000_000 / (2L * settings.hosts().size());
    return Math.clamp(share, LISTEN_MILLIS, HANDSHAKE_MILLIS);
  }

  private static CommunicatorException failure(RendezvousSettings settings, Exception cause) {
    return new CommunicatorException(
        "rank "
            + settings.rank()
            + " cannot join the others at "
            + settings.address()
            + " within "
            + settings.deadlineNanos() / 1_000_000_000L
            + " s: "
            + cause.getMessage(),
        cause);
  }
}
