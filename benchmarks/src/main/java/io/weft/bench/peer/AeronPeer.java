package io.weft.bench.peer;

import io.aeron.AeronVersion;
import io.aeron.Subscription;
import io.weft.comm.Communicator;
import io.weft.comm.Job;
import io.weft.comm.Transport;
import io.weft.launch.Network;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Aeron: over IPC for {@link Network#SHM}, over UDP for {@link Network#ENA}. {@link AeronDriver}
 * says how it is set up. Log buffers have Aeron's own default lengths, 64 MiB and 16 MiB, or more
 * where a message is longer than an eighth of that, and lie under {@code /dev/shm}.
 */
final class AeronPeer extends PairPeer {
  private static final int IPC_TERM_BYTES = 64 << 20;
  private static final int UDP_TERM_BYTES = 16 << 20;
  private static final int MESSAGES_IN_TERM = 8;
  private static final int LONGEST_MESSAGE = 16 << 20;
  private static final String INTERNALS = "jdk.internal.misc";

  private final TreeMap<Integer, AeronLink> links = new TreeMap<>();
  private final boolean udp;
  private final AeronDriver driver;
  private final Pause pause;

  private AeronPeer(Job job, Communicator control, boolean udp, AeronDriver.Work work) {
    super(
        job,
        control,
        "aeron",
        Set.of(Pattern.PING_PONG, Pattern.BANDWIDTH, Pattern.BIDIRECTIONAL, Pattern.MESSAGE_RATE));
    this.udp = udp;
    pause = new Pause(job.sharesCores());
    driver = udp ? AeronDriver.overUdp(job.address(), work) : overIpc();
  }

  /**
   * Opens it; collective.
   *
   * @param job the ranks, closed with the peer
   * @param network {@link Network#SHM} or {@link Network#ENA}
   * @return the peer
   * @throws AbsentException for another network, or for shared memory of several hosts; the job
   *     stays the caller's then
   */
  static AeronPeer open(Job job, Network network) {
    return open(job, network, AeronDriver.workOverUdp(Runtime.getRuntime().availableProcessors()));
  }

  /** The same where it is decided who does the driver's work over UDP. */
  static AeronPeer open(Job job, Network network, AeronDriver.Work work) {
    if (network == Network.SHM && !job.isOneHost()) {
      throw new AbsentException("Aeron's IPC is within one host, and the ranks are on several");
    }
    if (network != Network.SHM && network != Network.ENA) {
      throw new AbsentException("Aeron crosses UDP and shared memory, not " + network);
    }
    if (!Object.class.getModule().isOpen(INTERNALS, AeronPeer.class.getModule())) {
      throw new IllegalStateException(
          "Aeron reaches into the JDK: start the JVM with --add-opens=java.base/"
              + INTERNALS
              + "=ALL-UNNAMED");
    }
    return new AeronPeer(job, overMpi(job), network == Network.ENA, work);
  }

  private AeronDriver overIpc() {
    AeronDriver mine = rank() == 0 ? AeronDriver.overIpc() : null;
    byte[] directory = job().allgather(bytes(mine == null ? "" : mine.directory()))[0];
    return mine != null
        ? mine
        : AeronDriver.ofAnotherRank(new String(directory, StandardCharsets.UTF_8));
  }

  @Override
  String library() {
    return "Aeron " + AeronVersion.VERSION;
  }

  @Override
  String provider() {
    if (!udp) {
      return "IPC, the first rank's media driver";
    }
    return driver.work() == AeronDriver.Work.INVOKED
        ? "UDP, a media driver in each rank's own thread"
        : "UDP, a media driver of three threads in each rank";
  }

  @Override
  String protocol() {
    return udp ? "Aeron over UDP" : "Aeron's log buffers";
  }

  @Override
  void connect(int partner, long bytes) {
    int term = termBytes(bytes);
    AeronLink there = partner < 0 ? null : links.get(partner);
    boolean needed = partner >= 0 && (there == null || there.termBytes() < term);
    String refusal = null;
    Subscription subscription = null;
    String mine = "";
    try {
      if (needed) {
        if (there != null) {
          links.remove(partner).close();
        }
        subscription = subscribe(partner);
        mine = udp ? endpoint(subscription) : "";
      }
    } catch (RuntimeException failed) {
      refusal = "rank " + rank() + ": " + failed.getMessage();
    }
    byte[][] endpoints = job().allgather(bytes(mine));
    AeronLink link = null;
    if (refusal == null && needed) {
      String to = new String(endpoints[partner], StandardCharsets.UTF_8);
      try {
        link = publish(subscription, partner, to, term);
      } catch (RuntimeException failed) {
        refusal = "rank " + rank() + ": " + failed.getMessage();
      }
    }
    agree(job(), refusal);
    if (link != null) {
      link.connect();
      links.put(partner, link);
    }
  }

  private int termBytes(long bytes) {
    if (bytes > LONGEST_MESSAGE) {
      throw new AbsentException("Aeron's longest message is " + LONGEST_MESSAGE + " bytes");
    }
    int usual = udp ? UDP_TERM_BYTES : IPC_TERM_BYTES;
    int least = Math.toIntExact(Math.max(1, MESSAGES_IN_TERM * bytes));
    return Math.max(usual, Integer.highestOneBit(2 * least - 1));
  }

  private int stream(int from, int to) {
    return 1 + from * size() + to;
  }

  private Subscription subscribe(int partner) {
    String channel = udp ? "aeron:udp?endpoint=" + job().address() + ":0" : "aeron:ipc";
    return driver.client().addSubscription(channel, stream(partner, rank()));
  }

  /** The address and the port that the driver got for a subscription. */
  private static String endpoint(Subscription subscription) {
    String endpoint = subscription.resolvedEndpoint();
    while (endpoint == null) {
      Thread.onSpinWait();
      endpoint = subscription.resolvedEndpoint();
    }
    return endpoint;
  }

  private AeronLink publish(Subscription subscription, int partner, String endpoint, int term) {
    String channel =
        (udp ? "aeron:udp?endpoint=" + endpoint + "|" : "aeron:ipc?") + "term-length=" + term;
    int stream = stream(rank(), partner);
    return new AeronLink(driver, pause, subscription, channel, stream, term);
  }

  @Override
  PairOperation prepare(Pattern pattern, long bytes, int partner) {
    AeronLink link = partner < 0 ? null : links.get(partner);
    return new AeronOperation(pattern, bytes, rank(), size(), partner, driver, link);
  }

  /** The kernel counts no bytes for each UDP socket, but for each interface. */
  @Override
  String evidence() {
    return udp ? UdpEvidence.of(job().address()) : super.evidence();
  }

  @Override
  Transport conclude(String via, List<String> before, List<String> after) {
    return udp
        ? UdpEvidence.conclude(via, library(), before, after)
        : super.conclude(via, before, after);
  }

  /** The first rank's driver closes last. */
  @Override
  public void close() {
    links.values().forEach(AeronLink::close);
    if (rank() != 0) {
      driver.close();
    }
    barrier();
    if (rank() == 0) {
      driver.close();
    }
    super.close();
  }
}
