package io.weft.bench.peer;

import io.weft.comm.Communicator;
import io.weft.comm.Job;
import io.weft.launch.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeMap;

/**
 * Plain sockets of the JDK: a TCP connection for each pair of ranks, with {@code TCP_NODELAY}. It
 * does not block but spins, as all that it is compared with does: a thread that sleeps in the
 * kernel wakes up some microseconds late. A message is one write, and what it takes of reads.
 */
final class NioPeer extends PairPeer {
  private static final int HANDSHAKE = 2 * Integer.BYTES;
  private static final int MAGIC = 0x77656674;

  private final TreeMap<Integer, SocketChannel> channels = new TreeMap<>();
  private final Pause pause;

  private NioPeer(Job job, Communicator control) {
    super(
        job,
        control,
        "nio",
        Set.of(Pattern.PING_PONG, Pattern.BANDWIDTH, Pattern.BIDIRECTIONAL, Pattern.MESSAGE_RATE));
    pause = new Pause(job.sharesCores());
  }

  /**
   * Opens it; collective.
   *
   * @param job the ranks, closed with the peer
   * @param network only {@link Network#ENA}
   * @return the peer
   * @throws AbsentException for another network; the job stays the caller's then
   */
  static NioPeer open(Job job, Network network) {
    if (network != Network.ENA) {
      throw new AbsentException("sockets cross the kernel's TCP, not " + network);
    }
    return new NioPeer(job, overMpi(job));
  }

  @Override
  String library() {
    return "java.nio of JDK " + Runtime.version();
  }

  @Override
  String provider() {
    return "SocketChannel";
  }

  @Override
  String protocol() {
    return "TCP";
  }

  /** The higher rank of a pair listens; the lower one connects and says who it is. */
  @Override
  void connect(int partner, long bytes) {
    boolean listens = partner >= 0 && partner < rank() && !channels.containsKey(partner);
    boolean connects = partner > rank() && !channels.containsKey(partner);
    try (ServerSocketChannel server = listens ? ServerSocketChannel.open() : null) {
      String mine = "";
      if (listens) {
        server.bind(new InetSocketAddress(job().address(), 0));
        InetSocketAddress bound = (InetSocketAddress) server.getLocalAddress();
        mine = bound.getHostString() + " " + bound.getPort();
      }
      byte[][] all = job().allgather(bytes(mine));
      if (connects) {
        String[] words = new String(all[partner], StandardCharsets.UTF_8).split(" ");
        keep(partner, call(new InetSocketAddress(words[0], Integer.parseInt(words[1]))));
      } else if (listens) {
        keep(partner, answer(server, partner));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("rank " + rank() + " and rank " + partner, e);
    }
  }

  private SocketChannel call(InetSocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    ByteBuffer hello = ByteBuffer.allocate(HANDSHAKE).putInt(MAGIC).putInt(rank()).flip();
    while (hello.hasRemaining()) {
      channel.write(hello);
    }
    return channel;
  }

  /** Takes the partner's call; another's is hung up on. */
  private static SocketChannel answer(ServerSocketChannel server, int partner) throws IOException {
    while (true) {
      SocketChannel channel = server.accept();
      ByteBuffer hello = ByteBuffer.allocate(HANDSHAKE);
      while (hello.hasRemaining() && channel.read(hello) >= 0) {
        // Until it is whole, or the other end hangs up.
      }
      if (!hello.hasRemaining() && hello.getInt(0) == MAGIC && hello.getInt(4) == partner) {
        return channel;
      }
      channel.close();
    }
  }

  private void keep(int partner, SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    channels.put(partner, channel);
  }

  @Override
  PairOperation prepare(Pattern pattern, long bytes, int partner) {
    SocketChannel channel = partner < 0 ? null : channels.get(partner);
    return new NioOperation(pattern, bytes, rank(), size(), partner, channel, pause);
  }

  @Override
  public void close() {
    try {
      for (SocketChannel channel : channels.values()) {
        channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      super.close();
    }
  }
}
