package io.weft.bench.peer;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NoOpIdleStrategy;

/**
 * Aeron's media driver inside of a rank, and this rank's client of it or of another rank's.
 *
 * <p>Over UDP every rank has a driver, as every host has. Aeron's page on thread utilisation gives
 * the lowest latency to dedicated threads that spin, where there are cores for them: three for each
 * rank. Where there are not, it names the invoker: the rank's own thread does the driver's work
 * while operations run, and between batches a thread does that sleeps most of the time, so that
 * nothing under way waits for a rank that has left.
 *
 * <p>Over IPC the first rank has the only driver. Messages do not pass through it; its thread only
 * moves on what publishers may fill, for which once in a millisecond is often enough.
 *
 * <p>Sockets and windows of 2 MiB, memory touched beforehand and no sparse files are what Aeron's
 * page on performance testing sets; datagrams are as long as the interface sends in one piece.
 */
final class AeronDriver implements AutoCloseable {
  /** Who does the driver's work. */
  enum Work {
    /** The rank's own thread. */
    INVOKED,
    /** Three threads that spin. */
    DEDICATED,
    /** Nobody needs to in this rank, or one thread that rests. */
    ELSEWHERE
  }

  /** Ranks may stand still for minutes, in a debugger or between iterations; they end together. */
  private static final long PATIENCE_SECONDS = 600;

  private static final int SOCKET_BYTES = 2 << 20;
  private static final int LONGEST_NUMBER = 32;
  private static final int LONGEST_DATAGRAM = 65_504;
  private static final int HEADERS_OF_UDP = 28;
  private static final int FRAME_ALIGNMENT = 32;
  private static final int DRIVER_THREADS = 3;
  private static final long REST_NANOS = 1_000_000;
  private static final Path RECEIVE_LIMIT = Path.of("/proc/sys/net/core/rmem_max");
  private static final Path SEND_LIMIT = Path.of("/proc/sys/net/core/wmem_max");

  static {
    // As Aeron's latency samples are started; read when its classes load.
    System.setProperty("agrona.disable.bounds.checks", "true");
  }

  private final MediaDriver driver;
  private final Aeron client;
  private final Work work;
  private final AgentInvoker invoker;
  private final Thread caretaker;
  private final ReentrantLock turns = new ReentrantLock();
  private volatile boolean closing;

  private AeronDriver(MediaDriver driver, String directory, Work work) {
    this.driver = driver;
    this.work = work;
    invoker = work == Work.INVOKED ? driver.sharedAgentInvoker() : null;
    caretaker = invoker == null ? null : new Thread(this::takeCare, "aeron-between-batches");
    if (caretaker != null) {
      invoker.start();
      caretaker.setDaemon(true);
      caretaker.start();
    }
    client =
        Aeron.connect(
            new Aeron.Context()
                .aeronDirectoryName(directory)
                .driverTimeoutMs(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS))
                .preTouchMappedMemory(true));
  }

  /**
   * What suits this process over UDP.
   *
   * @param cores that this rank may run on, its own thread's among them
   */
  static Work workOverUdp(int cores) {
    return cores > DRIVER_THREADS ? Work.DEDICATED : Work.INVOKED;
  }

  /** A driver of this rank alone, for messages over UDP to and from an address of this host. */
  static AeronDriver overUdp(String address, Work work) {
    int longest = longestDatagram(address);
    int receive = Math.max(longest, Math.min(SOCKET_BYTES, limit(RECEIVE_LIMIT)));
    MediaDriver.Context context =
        context()
            .mtuLength(longest)
            .socketSndbufLength(Math.max(longest, Math.min(SOCKET_BYTES, limit(SEND_LIMIT))))
            .socketRcvbufLength(receive)
            .initialWindowLength(receive)
            .threadingMode(work == Work.INVOKED ? ThreadingMode.INVOKER : ThreadingMode.DEDICATED);
    if (work == Work.DEDICATED) {
      context
          .conductorIdleStrategy(new BackoffIdleStrategy(1, 1, 1, 1))
          .senderIdleStrategy(NoOpIdleStrategy.INSTANCE)
          .receiverIdleStrategy(BusySpinIdleStrategy.INSTANCE);
    }
    MediaDriver driver = MediaDriver.launch(context);
    return new AeronDriver(driver, driver.aeronDirectoryName(), work);
  }

  /** The driver of all ranks of this host, for messages in shared memory. */
  static AeronDriver overIpc() {
    MediaDriver driver =
        MediaDriver.launch(
            context()
                .ipcMtuLength(LONGEST_DATAGRAM)
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(new Rest()));
    return new AeronDriver(driver, driver.aeronDirectoryName(), Work.ELSEWHERE);
  }

  /** No driver, but a client of another rank's on this host. */
  static AeronDriver ofAnotherRank(String directory) {
    return new AeronDriver(null, directory, Work.ELSEWHERE);
  }

  private static MediaDriver.Context context() {
    long patience = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    return new MediaDriver.Context()
        .aeronDirectoryName(AeronDirectories.own())
        .dirDeleteOnStart(true)
        .dirDeleteOnShutdown(true)
        .termBufferSparseFile(false)
        .driverTimeoutMs(TimeUnit.NANOSECONDS.toMillis(patience))
        .clientLivenessTimeoutNs(patience)
        .publicationUnblockTimeoutNs(2 * patience)
        .publicationConnectionTimeoutNs(patience)
        .imageLivenessTimeoutNs(patience);
  }

  /** The longest datagram that the interface of an address sends in one piece. */
  private static int longestDatagram(String address) {
    try {
      NetworkInterface found = NetworkInterface.getByInetAddress(InetAddress.ofLiteral(address));
      if (found == null) {
        throw new IllegalStateException("no interface of this host has the address " + address);
      }
      int fits = (found.getMTU() - HEADERS_OF_UDP) / FRAME_ALIGNMENT * FRAME_ALIGNMENT;
      return Math.min(fits, LONGEST_DATAGRAM);
    } catch (SocketException e) {
      throw new IllegalStateException("cannot ask the interface of " + address, e);
    }
  }

  /** Such a file is read whole or not: a second read of it brings nothing. */
  private static int limit(Path file) {
    byte[] text = new byte[LONGEST_NUMBER];
    try (InputStream in = Files.newInputStream(file)) {
      int length = in.read(text);
      return Integer.parseInt(new String(text, 0, length, StandardCharsets.US_ASCII).strip());
    } catch (IOException unreadable) {
      return SOCKET_BYTES; // The driver warns where the kernel gives less.
    }
  }

  Aeron client() {
    return client;
  }

  Work work() {
    return work;
  }

  /** Where other ranks of this host find the driver. */
  String directory() {
    return driver.aeronDirectoryName();
  }

  /** From here to {@link #release} this thread does the driver's work where nobody else does. */
  void acquire() {
    if (invoker != null) {
      turns.lock();
    }
  }

  void release() {
    if (invoker != null) {
      turns.unlock();
    }
  }

  /** A turn of the driver's work, if it is this thread's. */
  void turn() {
    if (invoker != null) {
      invoker.invoke();
    }
  }

  /** Lets the rank's own thread have the work as soon as it wants it. */
  private void takeCare() {
    while (!closing) {
      turns.lock();
      try {
        while (!turns.hasQueuedThreads() && invoker.invoke() > 0) {
          // As long as there is something to do.
        }
      } finally {
        turns.unlock();
      }
      LockSupport.parkNanos(REST_NANOS);
    }
  }

  /** Closes the client, and the driver with its directory if it is this rank's. */
  @Override
  public void close() {
    client.close();
    closing = true;
    if (caretaker != null) {
      join(caretaker);
    }
    if (driver != null) {
      driver.close();
    }
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Rests however much there was to do, so that the ranks keep their cores. */
  private static final class Rest implements IdleStrategy {
    @Override
    public void idle(int workCount) {
      idle();
    }

    @Override
    public void idle() {
      LockSupport.parkNanos(REST_NANOS);
    }

    @Override
    public void reset() {}
  }
}
