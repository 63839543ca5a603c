package io.weft.fabric;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** An endpoint with all that belongs to it, opened on a provider for a test. */
final class Peer implements AutoCloseable {
  private static final long DEADLINE_NANOS = 20_000_000_000L;

  /** Providers that these tests know, under the names of libfabric 1.17 and of later versions. */
  private static final List<String> KNOWN = List.of("shm", "net", "tcp", "tcp;ofi_rxm");

  final FabricInfo info;
  final Fabric fabric;
  final Domain domain;
  final AddressVector addresses;
  final CompletionQueue completions;
  final Endpoint endpoint;
  final OperationContexts contexts = new OperationContexts();

  private Peer(FabricInfo info, Consumer<EndpointSetup> more) {
    this.info = info;
    fabric = Fabric.open(info);
    domain = fabric.openDomain(info);
    addresses = domain.openAddressVector(4);
    completions = domain.openCompletionQueue(0);
    try {
      EndpointSetup setup = domain.prepareEndpoint(info, addresses, completions);
      more.accept(setup);
      endpoint = setup.open();
    } catch (RuntimeException refused) {
      fabric.close();
      throw refused;
    }
  }

  /** Those of the known providers that offer what this module asks for. */
  static List<String> providers() {
    Set<String> there = Fabric.providers();
    return KNOWN.stream().filter(there::contains).filter(each -> isUsable(each)).toList();
  }

  /** For tests of receives that take several messages. */
  static List<String> multiReceiveProviders() {
    return everyProviderWith(Capability.MULTI_RECEIVE);
  }

  /** For tests of shared receive contexts. */
  static List<String> sharedReceiveProviders() {
    return everyProviderWith(Capability.SHARED_RECEIVE);
  }

  /** For tests of deferred work. */
  static List<String> deferredWorkProviders() {
    return everyProviderWith(Capability.RMA, Capability.DEFERRED_WORK);
  }

  /** Also of those that are known for nothing else. */
  private static List<String> everyProviderWith(Capability... capabilities) {
    Set<String> there = Fabric.providers();
    return Stream.concat(KNOWN.stream(), Stream.of("sockets"))
        .filter(there::contains)
        .filter(each -> isUsable(each))
        .filter(each -> offers(each, capabilities))
        .toList();
  }

  /** Those of them that offer more; says which do not. */
  static List<String> providersWith(Capability... capabilities) {
    return providers().stream().filter(each -> offers(each, capabilities)).toList();
  }

  /** For tests of counters of remote events. */
  static List<String> eventProviders() {
    return providersWith(Capability.RMA, Capability.RMA_EVENTS);
  }

  /** For tests of atomic operations. */
  static List<String> atomicProviders() {
    return providersWith(Capability.RMA, Capability.ATOMICS).stream()
        .filter(Peer::hasAtomics)
        .toList();
  }

  /** For tests of looks at what has arrived. */
  static List<String> peekingProviders() {
    return providers().stream().filter(Peer::peeks).toList();
  }

  private static boolean peeks(String provider) {
    try (Peer peer = open(provider)) {
      peer.endpoint.taggedProbe();
      return true;
    } catch (UnsupportedOperationException none) {
      System.out.println("[skipped] " + none.getMessage());
      return false;
    }
  }

  /** For tests of RMA. */
  static List<String> oneSidedProviders() {
    return providersWith(Capability.RMA);
  }

  private static boolean hasAtomics(String provider) {
    try (Peer peer = open(provider, Capability.RMA, Capability.ATOMICS)) {
      peer.endpoint.atomics();
      return true;
    } catch (UnsupportedOperationException none) {
      System.out.println("[skipped] " + none.getMessage());
      return false;
    }
  }

  private static boolean offers(String provider, Capability... capabilities) {
    boolean there = isUsable(provider, capabilities);
    if (!there) {
      System.out.println("[skipped] " + provider + " offers no " + List.of(capabilities));
    }
    return there;
  }

  private static boolean isUsable(String provider, Capability... capabilities) {
    try {
      Fabric.discover(hints(provider).with(capabilities)).close();
      return true;
    } catch (FabricUnavailableException connectionsOnly) {
      return false;
    }
  }

  /** Stays on the loopback interface where the provider goes over IP. */
  static FabricHints hints(String provider) {
    return new FabricHints(provider, provider.equals("shm") ? null : "127.0.0.1");
  }

  static Peer open(String provider, Capability... capabilities) {
    return open(Fabric.discover(hints(provider).with(capabilities)));
  }

  /** Closes what it opens with. */
  static Peer open(Discovery discovery) {
    try (discovery) {
      return new Peer(discovery.first(), setup -> {});
    }
  }

  /** With more to bind; {@code more} may open it through the set-up's domain. */
  static Peer open(FabricHints hints, Consumer<EndpointSetup> more) {
    try (Discovery discovery = Fabric.discover(hints)) {
      return new Peer(discovery.first(), more);
    }
  }

  /** Reads until a completion is there; {@code other} makes progress meanwhile. */
  int await(Peer other) {
    int[] count = new int[1];
    until(
        () -> {
          count[0] = completions.read();
          return count[0] != 0 || other.completions.read() != 0;
        });
    if (count[0] == 0) {
      throw new IllegalStateException("a completion at the other peer");
    }
    return count[0];
  }

  /** Reads until each of two peers has a completion. */
  static void awaitBoth(Peer one, Peer other) {
    boolean[] there = new boolean[2];
    until(
        () -> {
          there[0] |= one.hasCompletion();
          there[1] |= other.hasCompletion();
          return there[0] && there[1];
        });
  }

  private boolean hasCompletion() {
    int count = completions.read();
    if (count == CompletionQueue.FAILED) {
      throw new IllegalStateException(info.provider() + ": " + completions.readError());
    }
    return count > 0;
  }

  void receive(MemorySegment buffer, long capacity, long tag, long context) {
    until(() -> endpoint.receive(buffer, 0, capacity, 0, tag, 0, context));
  }

  void send(Peer to, MemorySegment buffer, long length, long destination, long tag, long context) {
    until(() -> endpoint.send(buffer, 0, length, 0, destination, tag, context) || idle(to));
  }

  void inject(Peer to, MemorySegment buffer, long length, long destination, long tag) {
    until(() -> endpoint.inject(buffer, 0, length, destination, tag) || idle(to));
  }

  private boolean idle(Peer to) {
    if (completions.read() != 0 || to.completions.read() != 0) {
      throw new IllegalStateException("an unexpected completion over " + info);
    }
    return false;
  }

  static void until(BooleanSupplier done) {
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    while (!done.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("nothing happened for " + DEADLINE_NANOS + " ns");
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    fabric.close();
    contexts.close();
  }
}
