package io.weft.comm;

import io.weft.comm.fabric.Algorithms;
import io.weft.comm.fabric.Channel;
import io.weft.comm.fabric.FabricRequest;
import io.weft.comm.fabric.FabricSettings;
import io.weft.comm.fabric.Group;
import io.weft.comm.fabric.Opening;
import io.weft.comm.fabric.RemoteHalo;
import io.weft.comm.fabric.RemoteMemory;
import io.weft.comm.fabric.TransportProbe;
import io.weft.ffi.NativeMemory;
import io.weft.launch.Network;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A {@link Communicator} over one libfabric endpoint per rank, or, for {@link Network#SHM}, over
 * rings in memory that the ranks share. Ranks find each other through a {@link Bootstrap}; no
 * message after that touches MPI.
 *
 * <p>A wait in which nothing moves for 120 s, or the seconds in {@code WEFT_TIMEOUT_SECONDS} (0: no
 * limit), ends in a {@link CommunicatorException} and leaves the communicator unusable; so does,
 * much sooner, a rank that is known to be gone.
 *
 * <p>Collectives choose their algorithm by a table that a benchmark made. {@code WEFT_ALLREDUCE}
 * and the like ({@link Collective#variable}) name another, for all lengths and on every rank alike,
 * or opening fails; where it does not run on a communicator's number of ranks ({@link
 * Collective#allows}) the table stands.
 */
public final class FabricCommunicator extends FabricCollectives implements Communicator {
  private final Bootstrap bootstrap;
  private final Arena arena = Arena.ofShared();
  private final FabricRequest sending;
  private final FabricRequest receiving;

  private final FabricRequestSet set;
  private final List<FabricRequest> requests = new ArrayList<>();
  private final List<FabricPersistentRequest> persistent = new ArrayList<>();
  private final List<FabricCommunicator> children = new ArrayList<>();
  private final List<FabricWindow> windows = new ArrayList<>();
  private final FabricCommunicator parent;
  private final Map<Collective, Algorithm> algorithms;

  private FabricCommunicator(
      Bootstrap bootstrap,
      Channel channel,
      Group group,
      FabricCommunicator parent,
      Map<Collective, Algorithm> algorithms) {
    super(channel, group, algorithms);
    this.algorithms = algorithms;
    this.bootstrap = parent == null ? bootstrap : new GroupBootstrap(group, collectives, bootstrap);
    this.parent = parent;
    this.sending = request();
    this.receiving = request();
    this.set = new FabricRequestSet(channel, group);
  }

  private FabricRequest request() {
    FabricRequest request = channel.newRequest(group);
    requests.add(request);
    return request;
  }

  /**
   * Opens one over all ranks of a bootstrap, on an address of its own choice; collective.
   *
   * @param bootstrap reaches the other ranks; stays the caller's, and must stay open
   * @param network what messages cross; {@link Network#AUTO} must have been decided before
   * @param provider the libfabric provider by its full name, such as {@code tcp;ofi_rxm}, or null
   *     for the usual one of the network
   * @param oneHost whether all ranks are on one host; TCP then stays on the loopback interface
   * @return the communicator
   * @throws CommunicatorException on every rank if the network is not there on one: says what was
   *     looked for and what was found
   */
  public static FabricCommunicator open(
      Bootstrap bootstrap, Network network, String provider, boolean oneHost) {
    return open(bootstrap, network, provider, oneHost, null);
  }

  /**
   * Opens one over all ranks of a bootstrap; collective.
   *
   * @param bootstrap reaches the other ranks; stays the caller's, and must stay open
   * @param network what messages cross; {@link Network#AUTO} must have been decided before
   * @param provider the libfabric provider by its full name, such as {@code tcp;ofi_rxm}, or null
   *     for the usual one of the network
   * @param oneHost whether all ranks are on one host; TCP then stays on the loopback interface
   * @param bindAddress the numeric IP address to bind to for {@link Network#ENA}, or null to
   *     choose: an ENA interface's if there is one
   * @return the communicator
   * @throws CommunicatorException on every rank if the network is not there on one: says what was
   *     looked for and what was found
   */
  public static FabricCommunicator open(
      Bootstrap bootstrap, Network network, String provider, boolean oneHost, String bindAddress) {
    FabricSettings settings =
        new FabricSettings(
            network, provider, bindAddress, oneHost, FabricSettings.timeoutOfEnvironment());
    Map<Collective, Algorithm> asked = Algorithms.ofEnvironment(bootstrap, System.getenv());
    Channel channel = Opening.open(bootstrap, settings);
    return new FabricCommunicator(bootstrap, channel, channel.groups().all(), null, asked);
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public MemorySegment allocate(long lengthBytes) {
    check();
    return NativeMemory.allocatePages(arena, lengthBytes);
  }

  @Override
  public Request newRequest() {
    check();
    // Not kept: whoever makes one for each message must not find all of them again at the end.
    return channel.newRequest(group);
  }

  @Override
  public void send(
      MemorySegment buffer, long offsetBytes, long lengthBytes, int destination, int tag) {
    check();
    Regions.source(buffer, offsetBytes, lengthBytes);
    Arguments.peer(destination, size);
    Arguments.tag(tag);
    channel.send(sending, buffer, offsetBytes, lengthBytes, destination, tag);
    finish(sending, null);
    count(lengthBytes, destination);
  }

  @Override
  public void recv(
      MemorySegment buffer,
      long offsetBytes,
      long capacityBytes,
      int source,
      int tag,
      ReceiveStatus status) {
    check();
    Regions.target(buffer, offsetBytes, capacityBytes);
    sourceAndTag(source, tag);
    channel.receive(receiving, buffer, offsetBytes, capacityBytes, source, tag);
    finish(receiving, status);
  }

  @Override
  public void isend(
      MemorySegment buffer,
      long offsetBytes,
      long lengthBytes,
      int destination,
      int tag,
      Request request) {
    check();
    Regions.source(buffer, offsetBytes, lengthBytes);
    Arguments.peer(destination, size);
    Arguments.tag(tag);
    channel.send(own(request), buffer, offsetBytes, lengthBytes, destination, tag);
    count(lengthBytes, destination);
  }

  @Override
  public void irecv(
      MemorySegment buffer,
      long offsetBytes,
      long capacityBytes,
      int source,
      int tag,
      Request request) {
    check();
    Regions.target(buffer, offsetBytes, capacityBytes);
    sourceAndTag(source, tag);
    channel.receive(own(request), buffer, offsetBytes, capacityBytes, source, tag);
  }

  @Override
  public void sendrecv(
      MemorySegment sendBuffer,
      long sendOffsetBytes,
      long sendLengthBytes,
      int destination,
      MemorySegment recvBuffer,
      long recvOffsetBytes,
      long recvCapacityBytes,
      int source,
      int tag) {
    check();
    Regions.source(sendBuffer, sendOffsetBytes, sendLengthBytes);
    Regions.target(recvBuffer, recvOffsetBytes, recvCapacityBytes);
    Arguments.peer(destination, size);
    Arguments.peer(source, size);
    Arguments.tag(tag);
    channel.receive(receiving, recvBuffer, recvOffsetBytes, recvCapacityBytes, source, tag);
    channel.send(sending, sendBuffer, sendOffsetBytes, sendLengthBytes, destination, tag);
    channel.await(sending);
    channel.await(receiving);
    count(sendLengthBytes, destination);
    try {
      sending.finish(null);
    } finally {
      receiving.finish(null);
    }
  }

  @Override
  public void probe(int source, int tag, ReceiveStatus status) {
    check();
    sourceAndTag(source, tag);
    channel.awaitMessage(receiving, source, tag);
    receiving.describeMessage(status);
  }

  @Override
  public boolean iprobe(int source, int tag, ReceiveStatus status) {
    check();
    sourceAndTag(source, tag);
    if (!channel.probe(receiving, source, tag)) {
      return false;
    }
    receiving.describeMessage(status);
    return true;
  }

  @Override
  public PersistentRequest sendInit(
      MemorySegment buffer, long offsetBytes, long lengthBytes, int destination, int tag) {
    check();
    Regions.source(buffer, offsetBytes, lengthBytes);
    Arguments.peer(destination, size);
    Arguments.tag(tag);
    return keep(
        new FabricPersistentRequest(
            this, request(), false, buffer, offsetBytes, lengthBytes, destination, tag));
  }

  @Override
  public PersistentRequest recvInit(
      MemorySegment buffer, long offsetBytes, long capacityBytes, int source, int tag) {
    check();
    Regions.target(buffer, offsetBytes, capacityBytes);
    sourceAndTag(source, tag);
    return keep(
        new FabricPersistentRequest(
            this, request(), true, buffer, offsetBytes, capacityBytes, source, tag));
  }

  private FabricPersistentRequest keep(FabricPersistentRequest request) {
    persistent.add(request);
    return request;
  }

  /** Forgets a persistent request that is closed. */
  void forget(FabricPersistentRequest request, FabricRequest used) {
    persistent.remove(request);
    requests.remove(used);
    channel.recycle(used);
  }

  @Override
  public void awaitAll(Request[] all, ReceiveStatus[] statuses) {
    check();
    set.awaitAll(all, statuses);
  }

  @Override
  public boolean testAll(Request[] all, ReceiveStatus[] statuses) {
    check();
    return set.testAll(all, statuses);
  }

  @Override
  public int awaitAny(Request[] all, ReceiveStatus status) {
    check();
    return set.awaitAny(all, status);
  }

  @Override
  public int testAny(Request[] all, ReceiveStatus status) {
    check();
    return set.testAny(all, status);
  }

  @Override
  public int awaitSome(Request[] all, int[] indices, ReceiveStatus[] statuses) {
    check();
    return set.awaitSome(all, indices, statuses);
  }

  @Override
  public int testSome(Request[] all, int[] indices, ReceiveStatus[] statuses) {
    check();
    return set.testSome(all, indices, statuses);
  }

  @Override
  public Communicator dup() {
    check();
    return dup(algorithms);
  }

  /**
   * Like {@link #dup()}, with algorithms chosen by name for measuring and testing them; collective.
   *
   * @param asked the algorithm of each collective that shall not go by the table; one that does not
   *     run on this number of ranks ({@link Collective#allows}) leaves it to the table
   * @return the new communicator; what is made of it goes by the same algorithms
   * @throws IllegalArgumentException if one is no algorithm of its collective
   * @throws CommunicatorException on every rank if they do not all ask for the same
   */
  public FabricCommunicator dupWith(Map<Collective, Algorithm> asked) {
    check();
    asked.forEach((collective, algorithm) -> collective.algorithm(algorithm.toString()));
    Bootstrap ranks = new GroupBootstrap(group, collectives, bootstrap);
    return dup(Algorithms.agreed(ranks, Map.copyOf(asked)));
  }

  /**
   * The algorithm that a collective of some length goes by.
   *
   * @param collective which
   * @param bytes the length that {@link Collective} speaks of
   * @return the algorithm
   */
  public Algorithm algorithm(Collective collective, long bytes) {
    return collectives.algorithm(collective, bytes);
  }

  private FabricCommunicator dup(Map<Collective, Algorithm> asked) {
    return child(sameRanks(new CollectiveBytes(collectives, size)), asked);
  }

  /** A group of the same ranks. */
  private Group sameRanks(CollectiveBytes bytes) {
    int[] members = new int[size];
    Arrays.setAll(members, each -> each);
    return channel.groups().make(group, bytes.allgather(channel.groups().contexts()), members);
  }

  @Override
  public Communicator split(int color, int key) {
    check();
    CollectiveBytes bytes = new CollectiveBytes(collectives, size);
    int[] members = SplitOrder.members(bytes, rank, color, key);
    byte[][] states = bytes.allgather(channel.groups().contexts());
    return color < 0 ? null : child(channel.groups().make(group, states, members), algorithms);
  }

  @Override
  public Window openWindow(long lengthBytes) {
    check();
    Regions.bytes(lengthBytes, 1);
    CollectiveBytes bytes = new CollectiveBytes(collectives, size);
    Group own = sameRanks(bytes);
    RemoteMemory memory = channel.openMemory(own, bytes::allgather, lengthBytes);
    FabricWindow window = new FabricWindow(this, memory);
    windows.add(window);
    // Nobody reaches for this rank's memory before it is there.
    collectives.barrier();
    return window;
  }

  /** Whether {@link #remoteHalo} can be opened. */
  boolean writesRemotely() {
    return channel.writesRemotely();
  }

  /** The longest message that goes along with its envelope, in bytes. */
  long longestEager() {
    return channel.longestEager();
  }

  /** Opens an exchange of faces that neighbours write; collective. */
  RemoteHalo remoteHalo(List<RemoteHalo.Face> faces) {
    check();
    CollectiveBytes bytes = new CollectiveBytes(collectives, size);
    return RemoteHalo.open(channel, sameRanks(bytes), bytes::allgather, faces);
  }

  /** Forgets a window that is closed. */
  void forget(FabricWindow window) {
    windows.remove(window);
  }

  private FabricCommunicator child(Group part, Map<Collective, Algorithm> asked) {
    FabricCommunicator child = new FabricCommunicator(bootstrap, channel, part, this, asked);
    children.add(child);
    return child;
  }

  @Override
  public Traffic traffic() {
    return traffic;
  }

  @Override
  public Transport transport() {
    check();
    return new TransportProbe(bootstrap, channel, collectives).find(traffic);
  }

  @Override
  public void abort(int status) {
    bootstrap.abort(status);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    boolean working = !channel.isBroken();
    if (working) {
      check();
    }
    while (!children.isEmpty()) {
      children.getLast().close();
    }
    while (working && !persistent.isEmpty()) {
      persistent.getLast().close();
    }
    while (!windows.isEmpty()) {
      if (working) {
        windows.getLast().closeInAnyEpoch();
      } else {
        windows.getLast().abandon();
      }
    }
    try {
      // After a failure some rank will not come: there is nobody to wait for.
      if (working) {
        collectives.barrierBeforeClosing();
        bootstrap.barrier();
      }
    } finally {
      closed = true;
      release();
    }
  }

  private void release() {
    collectives.close();
    if (parent == null) {
      channel.close();
    } else {
      parent.children.remove(this);
      requests.forEach(channel::recycle);
      channel.groups().end(group);
    }
    arena.close();
  }

  private void finish(FabricRequest request, ReceiveStatus status) {
    channel.await(request);
    request.finish(status);
  }

  private FabricRequest own(Request request) {
    if (!(request instanceof FabricRequest own) || !own.isOf(group)) {
      throw new IllegalArgumentException(
          "the request was made by another communicator, or is persistent");
    }
    if (own.isActive()) {
      throw new IllegalStateException("the request is in use: " + own);
    }
    return own;
  }

  private void count(long lengthBytes, int destination) {
    if (destination != rank) {
      traffic.countMessage(lengthBytes);
    }
  }

  private void sourceAndTag(int source, int tag) {
    if (source != ANY_SOURCE) {
      Arguments.peer(source, size);
    }
    if (tag != ANY_TAG) {
      Arguments.tag(tag);
    }
  }
}
