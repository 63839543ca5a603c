package io.weft.fabric;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Closes, again and again, what another thread is calling, and prints how the calls ended. Takes
 * the number of closes, the seed and the provider. Half of the threads that call or close are
 * virtual; owners are either. A trial that does not end within a minute ends the process.
 */
final class CloseRaceChild {
  /** What is closed, and by whom. */
  enum Kind {
    ENDPOINT,
    QUEUE,
    COUNTER,
    REGION,
    CACHE,
    CONTEXTS,
    DOMAIN,
    FABRIC,
    DISCOVERY
  }

  private static final long DEADLINE_SECONDS = 60;
  private static final int MOST_SPINS = 2_000;
  private static final int CALLS = 40;

  private final Random random;
  private final FabricHints hints;

  /** For all trials that do not close one: to discover takes longer than all the rest. */
  private final Discovery common;

  private final Map<Kind, int[]> ends = new EnumMap<>(Kind.class);

  /** A fabric with all that is opened through it, by the thread that makes it. */
  private static final class Set implements AutoCloseable {
    final Discovery discovery;
    final FabricInfo info;
    final Fabric fabric;
    final Domain domain;
    final CompletionQueue queue;
    final AddressVector peers;
    final Counter counter;
    final Endpoint endpoint;
    final OperationContexts contexts = new OperationContexts();
    final MemorySegment memory = Arena.ofAuto().allocate(4096, 64);
    final MemoryRegion region;
    final RegistrationCache cache;
    final long self;
    final long context;

    Set(Discovery discovery) {
      this.discovery = discovery;
      info = discovery.first();
      fabric = Fabric.open(info);
      domain = fabric.openDomain(info);
      queue = domain.openCompletionQueue(0);
      peers = domain.openAddressVector(2);
      counter = domain.openCounter();
      endpoint =
          domain.prepareEndpoint(info, peers, queue).count(counter, CounterEvent.SEND).open();
      self = peers.insert(endpoint.name());
      region = domain.register(memory);
      cache = new RegistrationCache(domain, EnumSet.of(Access.SEND), 4, 1 << 20);
      context = contexts.add();
    }

    /** One of the calls that somebody may make meanwhile. */
    void call(Kind kind, int which) {
      switch (kind) {
        case DISCOVERY -> open(which);
        case CONTEXTS -> contexts.add();
        default -> callAny(which);
      }
    }

    private void callAny(int which) {
      switch (which % 12) {
        case 0 -> endpoint.send(memory, 0, 64, 0, self, 1, context);
        case 1 -> endpoint.inject(memory, 0, 8, self, 1);
        case 2 -> endpoint.receive(memory, 64, 64, 0, 1, 0, context);
        case 3 -> endpoint.messages().inject(memory, 0, 8, self);
        case 4 -> queue.read();
        case 5 -> counter.read();
        case 6 -> domain.register(memory).close();
        case 7 -> cache.acquire(memory).release();
        case 8 -> region.descriptor();
        case 9 -> peers.insert(endpoint.name());
        case 10 -> endpoint.vectored();
        default -> domain.openCompletionQueue(0).close();
      }
    }

    private void open(int which) {
      Fabric own = Fabric.open(info);
      try (own) {
        if (which % 2 == 0) {
          own.openDomain(info);
        }
      }
    }

    AutoCloseable closes(Kind kind) {
      return switch (kind) {
        case ENDPOINT -> endpoint;
        case QUEUE -> queue;
        case COUNTER -> counter;
        case REGION -> region;
        case CACHE -> cache;
        case CONTEXTS -> contexts;
        case DOMAIN -> domain;
        case FABRIC -> fabric;
        case DISCOVERY -> discovery;
      };
    }

    @Override
    public void close() {
      fabric.close();
      contexts.close();
    }
  }

  private CloseRaceChild(long seed, String provider) {
    random = new Random(seed);
    hints = Peer.hints(provider);
    common = Fabric.discover(hints);
  }

  public static void main(String[] arguments) throws Exception {
    int closes = Integer.parseInt(arguments[0]);
    CloseRaceChild race = new CloseRaceChild(Long.parseLong(arguments[1]), arguments[2]);
    for (int i = 0; i < closes; i++) {
      race.trial(i);
    }
    race.ends.forEach(
        (kind, ends) -> System.out.println(kind + " " + ends[0] + " clean " + ends[1] + " thrown"));
    System.out.println("closed " + closes);
  }

  /** Owner and other meet; then one calls while the other closes. */
  private void trial(int number) throws Exception {
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    boolean ownerCloses = random.nextBoolean();
    boolean ownerIsVirtual = (number & 2) != 0;
    boolean otherIsVirtual = (number & 1) != 0;
    int spins = random.nextInt(MOST_SPINS);
    int first = random.nextInt(12);
    CyclicBarrier start = new CyclicBarrier(2);
    AtomicReference<Set> made = new AtomicReference<>();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    int[] found = ends.computeIfAbsent(kind, each -> new int[2]);
    Runnable closing =
        () -> {
          for (int i = 0; i < spins; i++) {
            Thread.onSpinWait();
          }
          attempt(() -> made.get().closes(kind).close(), found, failure);
        };
    Runnable calling =
        () -> {
          for (int i = 0; i < CALLS; i++) {
            int which = first + i;
            attempt(() -> made.get().call(kind, which), found, failure);
          }
          // A shared arena that is closed during an access may leave a platform thread's interrupt
          // status set besides throwing (measured on JDK 25: 1 of 2,000 closes; virtual: none).
          Thread.interrupted();
        };
    Runnable owner =
        () -> {
          Discovery discovery = kind == Kind.DISCOVERY ? Fabric.discover(hints) : common;
          try (Set set = new Set(discovery)) {
            made.set(set);
            meet(start);
            (ownerCloses ? closing : calling).run();
            meet(start); // The other is done with its calls before all is closed for good.
            if (discovery != common) {
              discovery.close();
            }
          } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            start.reset();
          }
        };
    Runnable other =
        () -> {
          meet(start);
          (ownerCloses ? calling : closing).run();
          meet(start);
        };
    List<Thread> threads = new ArrayList<>();
    threads.add(start(ownerIsVirtual, owner));
    threads.add(start(otherIsVirtual, other));
    for (Thread each : threads) {
      if (!each.join(Duration.ofSeconds(DEADLINE_SECONDS))) {
        System.out.println("trial " + number + " of " + kind + " hangs");
        Runtime.getRuntime().halt(3);
      }
    }
    if (failure.get() != null) {
      System.out.println("trial " + number + " of " + kind);
      failure.get().printStackTrace(System.out);
      Runtime.getRuntime().halt(4);
    }
  }

  private static Thread start(boolean virtual, Runnable body) {
    return virtual ? Thread.startVirtualThread(body) : Thread.ofPlatform().start(body);
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(DEADLINE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("the other thread did not come", e);
    }
  }

  private interface Call {
    void make() throws Exception;
  }

  /** A clean end or one of the exceptions that the classes promise; all else is a failure. */
  private static void attempt(Call call, int[] found, AtomicReference<Throwable> failure) {
    try {
      call.make();
      synchronized (found) {
        found[0]++;
      }
    } catch (IllegalStateException | WrongThreadException | FabricException promised) {
      synchronized (found) {
        found[1]++;
      }
    } catch (Throwable other) {
      failure.compareAndSet(null, other);
    }
  }
}
