package io.weft.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** After warm-up, send, inject, receive and poll allocate nothing on the Java heap. */
class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int WARM_UP = 20_000;
  private static final int MEASURED = 2_000;
  private static final int TRIES = 10;

  @ParameterizedTest
  @MethodSource("io.weft.fabric.Peer#providers")
  void sendAndReceive(String provider) {
    try (Pair pair = Pair.open(provider)) {
      assertEquals(0, leastAllocated(() -> send(pair)), provider);
    }
  }

  @ParameterizedTest
  @MethodSource("io.weft.fabric.Peer#providers")
  void injectAndReceive(String provider) {
    try (Pair pair = Pair.open(provider)) {
      assertEquals(0, leastAllocated(() -> inject(pair)), provider);
    }
  }

  @ParameterizedTest
  @MethodSource("io.weft.fabric.Peer#providers")
  void emptyPoll(String provider) {
    try (Pair pair = Pair.open(provider)) {
      assertEquals(0, leastAllocated(pair.left.completions::read), provider);
    }
  }

  @ParameterizedTest
  @MethodSource("io.weft.fabric.Peer#oneSidedProviders")
  void readAndWrite(String provider) {
    try (Pair pair = Pair.open(provider, Capability.RMA)) {
      Set<Access> all = EnumSet.allOf(Access.class);
      RemoteRegion remote = pair.right.domain.register(pair.rightBuffer, all).remote();
      OneSided left = pair.left.endpoint.oneSided();
      MemorySegment buffer = pair.leftBuffer;
      long to = pair.toRight;
      long context = pair.leftSend;
      long least =
          leastAllocated(
              () -> {
                while (!left.write(buffer, 0, 8, 0, to, remote, 8, context)) {
                  poll(pair);
                }
                awaitLeft(pair);
                while (!left.writeDelivered(buffer, 0, 8, 0, to, remote, 8, context)) {
                  poll(pair);
                }
                awaitLeft(pair);
                while (!left.read(buffer, 8, 8, 0, to, remote, 0, context)) {
                  poll(pair);
                }
                awaitLeft(pair);
              });
      assertEquals(0, least, provider);
    }
  }

  @ParameterizedTest
  @MethodSource("io.weft.fabric.Peer#atomicProviders")
  void fetchAndCompare(String provider) {
    try (Pair pair = Pair.open(provider, Capability.RMA, Capability.ATOMICS)) {
      Set<Access> all = EnumSet.allOf(Access.class);
      RemoteRegion remote = pair.right.domain.register(pair.rightBuffer, all).remote();
      Atomics left = pair.left.endpoint.atomics();
      Operand operand = new Operand(pair.leftBuffer.asSlice(0, 8));
      Operand comparand = new Operand(pair.leftBuffer.asSlice(64, 8));
      Operand before = new Operand(pair.leftBuffer.asSlice(128, 8));
      long to = pair.toRight;
      long context = pair.leftSend;
      AtomicType type = AtomicType.LONG;
      AtomicOperation swap = AtomicOperation.SWAP_IF_EQUAL;
      long least =
          leastAllocated(
              () -> {
                while (!left.fetch(
                    type, AtomicOperation.SUM, 1, operand, before, to, remote, 0, context)) {
                  poll(pair);
                }
                awaitLeft(pair);
                while (!left.compare(
                    type, swap, 1, operand, comparand, before, to, remote, 0, context)) {
                  poll(pair);
                }
                awaitLeft(pair);
              });
      assertEquals(0, least, provider);
    }
  }

  @ParameterizedTest
  @MethodSource("io.weft.fabric.Peer#providers")
  void sendWithoutTagAndCount(String provider) {
    Counter[] sent = new Counter[1];
    Peer left =
        Peer.open(
            Peer.hints(provider),
            setup -> {
              sent[0] = setup.domain().openCounter();
              setup.count(sent[0], CounterEvent.SEND);
            });
    try (Pair pair = Pair.of(left, Peer.open(provider))) {
      Messages from = pair.left.endpoint.messages();
      Messages to = pair.right.endpoint.messages();
      long least =
          leastAllocated(
              () -> {
                while (!to.receive(pair.rightBuffer, 0, 8, 0, pair.rightReceive)) {
                  poll(pair);
                }
                while (!from.send(pair.leftBuffer, 0, 8, 0, pair.toRight, pair.leftSend)) {
                  poll(pair);
                }
                int completions = 0;
                while (completions < 2) {
                  completions += poll(pair);
                }
                sent[0].read();
              });
      assertEquals(0, least, provider);
    }
  }

  private static void awaitLeft(Pair pair) {
    while (pair.left.completions.read() == 0) {
      pair.right.completions.read();
    }
  }

  private static void send(Pair pair) {
    while (!pair.right.endpoint.receive(pair.rightBuffer, 0, 8, 0, 1, 0, pair.rightReceive)) {
      poll(pair);
    }
    while (!pair.left.endpoint.send(pair.leftBuffer, 0, 8, 0, pair.toRight, 1, pair.leftSend)) {
      poll(pair);
    }
    int completions = 0;
    while (completions < 2) {
      completions += poll(pair);
    }
  }

  private static void inject(Pair pair) {
    while (!pair.right.endpoint.receive(pair.rightBuffer, 0, 8, 0, 1, 0, pair.rightReceive)) {
      poll(pair);
    }
    while (!pair.left.endpoint.inject(pair.leftBuffer, 0, 8, pair.toRight, 1)) {
      poll(pair);
    }
    int completions = 0;
    while (completions < 1) {
      completions += poll(pair);
    }
  }

  private static int poll(Pair pair) {
    return pair.left.completions.read() + pair.right.completions.read();
  }

  /** The least over some tries: compilation may allocate on this thread, an operation always. */
  private static long leastAllocated(Runnable operation) {
    for (int i = 0; i < WARM_UP; i++) {
      operation.run();
    }
    long least = Long.MAX_VALUE;
    long thread = Thread.currentThread().threadId();
    for (int t = 0; t < TRIES && least > 0; t++) {
      long before = THREADS.getThreadAllocatedBytes(thread);
      for (int i = 0; i < MEASURED; i++) {
        operation.run();
      }
      least = Math.min(least, THREADS.getThreadAllocatedBytes(thread) - before);
    }
    return least;
  }
}
