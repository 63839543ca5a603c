package io.weft.fabric;

import io.weft.testing.RankContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;

/** One rank's endpoint; ranks tell each other their addresses through files. */
final class RankPeer implements AutoCloseable {
  private static final long DEADLINE_NANOS = 30_000_000_000L;

  private final RankContext context;
  private final FabricInfo info;
  private final Fabric fabric;
  private final Domain domain;
  private final CompletionQueue completions;
  private final Endpoint endpoint;
  private final OperationContexts contexts = new OperationContexts();
  private final RemoteRegion[] remotes;
  private final long[] addresses;
  private final MemorySegment out;
  private final MemorySegment in;
  private final long outDescriptor;
  private final long inDescriptor;
  private int barriers;
  private int sends;
  private int receives;
  private long receivedBytes;
  private final List<Long> places = new ArrayList<>();
  private int remoteWrites;
  private long remoteData;

  private RankPeer(RankContext context, Discovery discovery, MemorySegment out, MemorySegment in) {
    this.context = context;
    this.out = out;
    this.in = in;
    info = discovery.first();
    fabric = Fabric.open(info);
    domain = fabric.openDomain(info);
    completions = domain.openCompletionQueue(1024);
    AddressVector vector = domain.openAddressVector(context.size());
    endpoint = domain.openEndpoint(info, vector, completions);
    Set<Access> access =
        info.has(Capability.RMA)
            ? EnumSet.allOf(Access.class)
            : EnumSet.of(Access.SEND, Access.RECEIVE);
    outDescriptor = domain.register(out, access).descriptor();
    MemoryRegion open = domain.register(in, access);
    inDescriptor = open.descriptor();
    put("address." + context.rank(), endpoint.name());
    remotes = new RemoteRegion[context.size()];
    if (info.has(Capability.RMA)) {
      put("region." + context.rank(), open.remote().toBytes());
      for (int rank = 0; rank < remotes.length; rank++) {
        remotes[rank] = RemoteRegion.of(get("region." + rank));
      }
    }
    addresses = new long[context.size()];
    for (int rank = 0; rank < addresses.length; rank++) {
      addresses[rank] = vector.insert(get("address." + rank));
    }
    barrier();
  }

  static RankPeer open(
      RankContext context, FabricHints hints, MemorySegment out, MemorySegment in) {
    try (Discovery discovery = Fabric.discover(hints)) {
      return new RankPeer(context, discovery, out, in);
    }
  }

  FabricInfo info() {
    return info;
  }

  int rank() {
    return context.rank();
  }

  Domain domain() {
    return domain;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** The destination of a rank's endpoint. */
  long to(int rank) {
    return addresses[rank];
  }

  /** The memory that a rank receives into. */
  RemoteRegion remote(int rank) {
    return remotes[rank];
  }

  long outDescriptor() {
    return outDescriptor;
  }

  long inDescriptor() {
    return inDescriptor;
  }

  /** Posts an operation, which gets a context of its own. */
  void post(LongPredicate operation) {
    long own = contexts.add();
    until(() -> operation.test(own), "room for an operation");
  }

  int next() {
    return (context.rank() + 1) % context.size();
  }

  int previous() {
    return (context.rank() + context.size() - 1) % context.size();
  }

  void send(long offset, long length, int to, long tag) {
    long operation = contexts.add();
    until(
        () -> endpoint.send(out, offset, length, outDescriptor, addresses[to], tag, operation),
        "a send to rank " + to);
  }

  void inject(long offset, long length, int to, long tag) {
    until(() -> endpoint.inject(out, offset, length, addresses[to], tag), "an inject");
  }

  void receive(long offset, long capacity, long tag) {
    long operation = contexts.add();
    until(
        () -> endpoint.receive(in, offset, capacity, inDescriptor, tag, 0, operation), "a receive");
  }

  void awaitSendAndReceive() {
    await(1, 1);
  }

  /** Waits for completions since the last wait. */
  void await(int wantedSends, int wantedReceives) {
    until(
        () -> {
          poll();
          return sends >= wantedSends && receives >= wantedReceives;
        },
        wantedSends + " sends and " + wantedReceives + " receives");
    sends -= wantedSends;
    receives -= wantedReceives;
  }

  /** Waits until a peer says that it has written; gives its data. */
  long awaitRemoteWrite() {
    until(
        () -> {
          poll();
          return remoteWrites > 0;
        },
        "write of a peer");
    remoteWrites--;
    return remoteData;
  }

  /** The length of the message that came last. */
  long receivedBytes() {
    return receivedBytes;
  }

  /** Where the message lies that came so long after the first. */
  long address(int message) {
    return places.get(message);
  }

  private void poll() {
    int count = completions.read();
    if (count == CompletionQueue.FAILED) {
      throw new IllegalStateException(info.provider() + ": " + completions.readError());
    }
    for (int i = 0; i < count; i++) {
      if (completions.isRemoteWrite(i)) {
        remoteWrites++;
        remoteData = completions.hasData(i) ? completions.data(i) : -1;
      } else if (completions.isReceive(i)) {
        receives++;
        receivedBytes = completions.lengthBytes(i);
        places.add(completions.address(i));
      } else {
        sends++;
      }
    }
  }

  /** Every rank has come here; progress is made meanwhile. */
  void barrier() {
    String name = "barrier." + barriers++ + ".";
    put(name + context.rank(), new byte[0]);
    for (int rank = 0; rank < context.size(); rank++) {
      get(name + rank);
    }
  }

  private void put(String name, byte[] content) {
    try {
      Path part = context.scratch().resolve(name + ".part");
      Files.write(part, content);
      Files.move(part, context.scratch().resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] get(String name) {
    Path file = context.scratch().resolve(name);
    until(() -> Files.exists(file), name);
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void until(BooleanSupplier done, String what) {
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    while (!done.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("no " + what + " for " + DEADLINE_NANOS + " ns");
      }
      poll();
      Thread.yield();
    }
  }

  @Override
  public void close() {
    fabric.close();
    contexts.close();
  }
}
