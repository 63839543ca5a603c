package io.weft.comm.rendezvous;

import io.weft.comm.Bootstrap;
import io.weft.comm.CommunicatorException;
import io.weft.comm.rendezvous.Connection.Kind;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Ranks that find each other without MPI: all know the address where rank 0 listens, and a secret,
 * or the launcher tells them. While the job runs, the connections to rank 0 tell who has died or
 * fallen silent.
 *
 * <p>Confined to the thread that joined, but for {@link #abort} and {@link #lostRank}.
 */
public final class Rendezvous implements Bootstrap, AutoCloseable {
  private static final int NOBODY = -1;
  private static final int POLL_MILLIS = 50;

  /** A silent rank is one that has missed so many pings. */
  private static final int PINGS = 6;

  private static final long LEAVING_NANOS = 2_000_000_000L;

  private static final byte[] NOTHING = {};

  private final RendezvousSettings settings;

  /** Of rank 0 one for each other rank; of the others the one to rank 0, at 0. */
  private final Connection[] connections;

  private final Thread pinging;
  private volatile int lost = NOBODY;
  private volatile String failure;
  private volatile boolean closed;

  private Rendezvous(RendezvousSettings settings, ServerSocket listener) {
    this.settings = settings;
    this.connections =
        settings.rank() == 0
            ? Meeting.gather(settings, listener)
            : new Connection[] {Meeting.join(settings)};
    for (int peer = 0; peer < connections.length; peer++) {
      if (connections[peer] != null) {
        int other = peer;
        Thread.ofPlatform().daemon().name("weft-rendezvous-" + peer).start(() -> listen(other));
      }
    }
    pinging = Thread.ofPlatform().daemon().name("weft-rendezvous-ping").start(this::ping);
  }

  /**
   * Joins the other ranks as the environment says; blocks until all are there.
   *
   * @param environment the process's
   * @return the way to the others; null if {@value RendezvousSettings#ADDRESS} is not set
   * @throws CommunicatorException if a variable is wrong, there is no launcher to ask, or the
   *     others did not all come in time
   */
  public static Rendezvous start(Map<String, String> environment) {
    String address = environment.getOrDefault(RendezvousSettings.ADDRESS, "");
    if (address.strip().equals(RendezvousSettings.LAUNCHER)) {
      return LauncherStart.join(environment);
    }
    RendezvousSettings settings = RendezvousSettings.of(environment);
    return settings == null ? null : join(settings);
  }

  /**
   * Joins the other ranks; blocks until all are there, at most {@code settings.deadlineNanos()}.
   *
   * @param settings who this is, and where they meet
   * @return the way to the others
   * @throws CommunicatorException if they did not all come; rank 0's names those missing
   */
  public static Rendezvous join(RendezvousSettings settings) {
    return join(settings, settings.rank() == 0 ? Meeting.listen(settings) : null);
  }

  /** Of rank 0 with what it listens at, which is closed; of the others with null. */
  static Rendezvous join(RendezvousSettings settings, ServerSocket listener) {
    Rendezvous rendezvous = new Rendezvous(settings, listener);
    try {
      rendezvous.barrier(); // Everybody is there.
    } catch (CommunicatorException failed) {
      rendezvous.disconnect();
      throw failed;
    }
    return rendezvous;
  }

  private void listen(int peer) {
    try {
      connections[peer].readAll((kind, bytes) -> handle(peer, kind, bytes));
    } catch (IOException ended) {
      if (!closed && !connections[peer].hasLeft()) {
        lose(peer);
      }
    }
  }

  private void handle(int peer, Kind kind, byte[] bytes) {
    switch (kind) {
      case LOST -> lose(ByteBuffer.wrap(bytes).getInt());
      case FAIL -> failure = new String(bytes, StandardCharsets.UTF_8);
      case ABORT -> {
        tellAll(Kind.ABORT, bytes, peer);
        halt(ByteBuffer.wrap(bytes).getInt());
      }
      default -> throw new IllegalStateException("a frame of kind " + kind);
    }
  }

  private synchronized void lose(int peer) {
    if (lost == NOBODY) {
      lost = peer;
      if (settings.rank() == 0) {
        tellAll(Kind.LOST, number(peer), peer);
      }
    }
  }

  private void tellAll(Kind kind, byte[] bytes, int except) {
    for (int peer = 0; peer < connections.length; peer++) {
      if (connections[peer] != null && peer != except) {
        try {
          connections[peer].send(kind, bytes);
        } catch (IOException gone) {
          // Its listener finds out, and says so.
        }
      }
    }
  }

  private void ping() {
    while (!closed) {
      try {
        TimeUnit.NANOSECONDS.sleep(settings.silenceNanos() / PINGS);
      } catch (InterruptedException ended) {
        return;
      }
      tellAll(Kind.PING, NOTHING, NOBODY);
      for (int peer = 0; peer < connections.length && !closed; peer++) {
        Connection each = connections[peer];
        if (each != null && !each.hasLeft() && each.silentNanos() > settings.silenceNanos()) {
          lose(peer);
        }
      }
    }
  }

  @Override
  public int rank() {
    return settings.rank();
  }

  @Override
  public int size() {
    return settings.size();
  }

  @Override
  public int lostRank() {
    return lost;
  }

  @Override
  public byte[][] allgather(byte[] mine) {
    try {
      return settings.rank() == 0 ? gatherAndTell(mine) : tellAndHear(mine);
    } catch (IOException e) {
      lose(0);
      throw new CommunicatorException(
          "rank " + settings.rank() + ": the connection to rank 0 broke: " + e.getMessage(), e);
    }
  }

  private byte[][] gatherAndTell(byte[] mine) throws IOException {
    byte[][] all = new byte[settings.size()][];
    all[0] = mine;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (int rank = 0; rank < all.length; rank++) {
      all[rank] = rank == 0 ? mine : next(connections[rank]);
      out.writeInt(all[rank].length);
      out.write(all[rank]);
    }
    tellAll(Kind.DATA, bytes.toByteArray(), NOBODY);
    return all;
  }

  private byte[][] tellAndHear(byte[] mine) throws IOException {
    connections[0].send(Kind.DATA, mine);
    ByteBuffer bytes = ByteBuffer.wrap(next(connections[0]));
    byte[][] all = new byte[settings.size()][];
    for (int rank = 0; rank < all.length; rank++) {
      all[rank] = new byte[bytes.getInt()];
      bytes.get(all[rank]);
    }
    return all;
  }

  private byte[] next(Connection connection) {
    try {
      while (true) {
        byte[] bytes = connection.data().poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (bytes != null) {
          return bytes;
        }
        check();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CommunicatorException("rank " + settings.rank() + ": interrupted", interrupted);
    }
  }

  private void check() {
    if (failure != null) {
      throw new CommunicatorException("rank " + settings.rank() + ": rank 0 says: " + failure);
    }
    if (lost != NOBODY) {
      throw new CommunicatorException(gone(settings.rank(), lost));
    }
  }

  /**
   * What to say of a rank that is gone.
   *
   * @param rank who says it
   * @param lost who is gone
   * @return a sentence
   */
  public static String gone(int rank, int lost) {
    return "rank " + rank + ": rank " + lost + " is gone: its process ended or cannot be reached";
  }

  @Override
  public void barrier() {
    allgather(NOTHING);
  }

  @Override
  public void abort(int status) {
    tellAll(Kind.ABORT, number(status), NOBODY);
    halt(status);
  }

  private static void halt(int status) {
    Runtime.getRuntime().halt(status);
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }

  /** Waits for the other ranks, unless one is gone, and leaves them. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    try {
      if (lost == NOBODY && failure == null) {
        barrier();
      }
    } catch (CommunicatorException gone) {
      if (lost == NOBODY) {
        throw gone;
      } // One is gone that was not known to be: there is nobody to wait for.
    } finally {
      disconnect();
    }
  }

  private void disconnect() {
    tellAll(Kind.LEAVE, NOTHING, NOBODY);
    if (settings.rank() == 0) {
      awaitLeaving();
    }
    closed = true;
    pinging.interrupt();
    for (Connection each : connections) {
      if (each != null) {
        each.close();
      }
    }
  }

  /** Who closes while there is something to read takes from the other end what it has sent. */
  private void awaitLeaving() {
    long end = System.nanoTime() + LEAVING_NANOS;
    for (Connection each : connections) {
      while (each != null && !each.hasLeft() && lost == NOBODY && System.nanoTime() - end < 0) {
        Thread.onSpinWait();
        Thread.yield();
      }
    }
  }
}
