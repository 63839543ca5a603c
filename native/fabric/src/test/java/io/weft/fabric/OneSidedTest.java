package io.weft.fabric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.fabric.ffm.Constants;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two endpoints in one thread read and write each other's memory. */
class OneSidedTest {
  private static final String PROVIDERS = "io.weft.fabric.Peer#oneSidedProviders";
  private static final Set<Access> ALL = EnumSet.allOf(Access.class);
  private static final int MIB = 1 << 20;

  /** Before and behind what an operation may touch. */
  private static final int MARGIN = 24;

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void aWriteArrivesAndTouchesNothingElse(String provider) {
    try (Pair pair = Pair.open(provider, Capability.RMA)) {
      RemoteRegion remote = pair.right.domain.register(pair.rightBuffer, ALL).remote();
      for (int size : sizes(pair)) {
        pair.rightBuffer.fill((byte) 0x55);
        byte[] data = random(size, size);
        copy(data, pair.leftBuffer);
        OneSided left = pair.left.endpoint.oneSided();
        post(
            pair,
            () ->
                left.write(
                    pair.leftBuffer, 0, size, 0, pair.toRight, remote, MARGIN, pair.leftSend));
        assertEquals(1, awaitLeft(pair));
        assertEquals(pair.leftSend, pair.left.completions.context(0));
        assertFalse(pair.left.completions.isReceive(0));
        assertFalse(pair.left.completions.isRemoteWrite(0));
        awaitBytes(pair, expected(data));
      }
    }
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void aReadFetchesWhatIsThere(String provider) {
    try (Pair pair = Pair.open(provider, Capability.RMA)) {
      RemoteRegion remote = pair.right.domain.register(pair.rightBuffer, ALL).remote();
      for (int size : sizes(pair)) {
        byte[] data = random(size + MARGIN, size);
        copy(data, pair.rightBuffer);
        pair.leftBuffer.fill((byte) 0x55);
        OneSided left = pair.left.endpoint.oneSided();
        post(
            pair,
            () ->
                left.read(
                    pair.leftBuffer, MARGIN, size, 0, pair.toRight, remote, MARGIN, pair.leftSend));
        assertEquals(1, awaitLeft(pair));
        assertEquals(pair.leftSend, pair.left.completions.context(0));
        byte[] wanted = expected(Arrays.copyOfRange(data, MARGIN, data.length));
        assertArrayEquals(wanted, bytes(pair.leftBuffer, wanted.length), provider + " " + size);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void whatIsInjectedArrivesWithoutCompletion(String provider) {
    try (Pair pair = Pair.open(provider, Capability.RMA)) {
      RemoteRegion remote = pair.right.domain.register(pair.rightBuffer, ALL).remote();
      int longest = (int) pair.left.info.injectBytes();
      for (int size : new int[] {1, longest}) {
        pair.rightBuffer.fill((byte) 0x55);
        byte[] data = random(size, size);
        copy(data, pair.leftBuffer);
        OneSided left = pair.left.endpoint.oneSided();
        post(pair, () -> left.inject(pair.leftBuffer, 0, size, pair.toRight, remote, MARGIN));
        pair.leftBuffer.fill((byte) 0);
        awaitBytes(pair, expected(data));
        assertEquals(0, pair.left.completions.read());
      }
      OneSided left = pair.left.endpoint.oneSided();
      assertThrows(
          IllegalArgumentException.class,
          () -> left.inject(pair.leftBuffer, 0, longest + 1L, pair.toRight, remote, 0));
    }
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void thePeerIsToldOfAWriteWithData(String provider) {
    try (Pair pair = Pair.open(provider, Capability.RMA)) {
      RemoteRegion remote = pair.right.domain.register(pair.rightBuffer, ALL).remote();
      int carried = pair.left.info.completionDataBytes();
      assertTrue(carried >= 4, pair.left.info::toString);
      long number = 0xfedc_ba98_7654_3210L >>> 8 * (Long.BYTES - carried);
      for (int size : sizes(pair)) {
        pair.rightBuffer.fill((byte) 0x55);
        byte[] data = random(size, size);
        copy(data, pair.leftBuffer);
        OneSided left = pair.left.endpoint.oneSided();
        post(
            pair,
            () ->
                left.writeData(
                    pair.leftBuffer,
                    0,
                    size,
                    0,
                    number + size,
                    pair.toRight,
                    remote,
                    MARGIN,
                    pair.leftSend));
        Peer.awaitBoth(pair.left, pair.right);
        CompletionQueue right = pair.right.completions;
        assertTrue(right.isRemoteWrite(0), provider + " 0x" + Long.toHexString(right.flags(0)));
        assertTrue(right.hasData(0), provider + " 0x" + Long.toHexString(right.flags(0)));
        assertEquals(number + size, right.data(0), provider);
        byte[] wanted = expected(data);
        assertArrayEquals(wanted, bytes(pair.rightBuffer, wanted.length), provider + " " + size);
        assertEquals(pair.leftSend, pair.left.completions.context(0));
        assertFalse(pair.left.completions.isRemoteWrite(0));
      }
    }
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void everyRegistrationModeReachesTheSameMemory(String provider) {
    for (int withheld : new int[] {0, Constants.FI_MR_VIRT_ADDR}) {
      Discovery one = Discovery.of(hints(provider), Discovery.REGISTRATION_MODES & ~withheld);
      Discovery two = Discovery.of(hints(provider), Discovery.REGISTRATION_MODES & ~withheld);
      try (Pair pair = Pair.of(Peer.open(one), Peer.open(two))) {
        MemorySegment middle = pair.rightBuffer.asSlice(4096, 4096);
        MemoryRegion region = pair.right.domain.register(middle, ALL);
        RemoteRegion remote = RemoteRegion.of(region.remote().toBytes());
        assertEquals(region.remote(), remote);
        assertEquals(4096, remote.lengthBytes());
        if (withheld != 0) {
          assertFalse(pair.right.info.usesVirtualAddresses(), pair.right.info::toString);
        }
        assertEquals(
            pair.right.info.usesVirtualAddresses() ? middle.address() : 0, remote.address());
        byte[] data = random(100, withheld);
        copy(data, pair.leftBuffer);
        OneSided left = pair.left.endpoint.oneSided();
        post(
            pair,
            () ->
                left.write(pair.leftBuffer, 0, 100, 0, pair.toRight, remote, 3996, pair.leftSend));
        assertEquals(1, awaitLeft(pair));
        awaitBytes(pair, pair.rightBuffer.asSlice(8092), data);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void keysAreTheOwnersWhereTheProviderLetsHim(String provider) {
    try (Pair pair = Pair.open(provider, Capability.RMA)) {
      Domain domain = pair.right.domain;
      MemorySegment other = pair.arena.allocate(4096);
      MemoryRegion first = domain.register(pair.rightBuffer, ALL);
      MemoryRegion second = domain.register(other, ALL);
      assertNotEquals(first.remote().key(), second.remote().key());
      if (pair.right.info.choosesKeys()) {
        assertThrows(UnsupportedOperationException.class, () -> domain.register(other, ALL, 4711));
        return;
      }
      MemoryRegion third = domain.register(other, ALL, 4711);
      assertEquals(4711, third.remote().key());
      assertThrows(FabricException.class, () -> domain.register(other, ALL, 4711));
      assertThrows(IllegalArgumentException.class, () -> domain.register(other, ALL, -1));
      third.close();
      MemoryRegion again = domain.register(other, ALL, 4711);
      copy(random(64, 1), pair.leftBuffer);
      OneSided left = pair.left.endpoint.oneSided();
      post(
          pair,
          () ->
              left.write(
                  pair.leftBuffer, 0, 64, 0, pair.toRight, again.remote(), 0, pair.leftSend));
      assertEquals(1, awaitLeft(pair));
      awaitBytes(pair, other, random(64, 1));
    }
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void aDeliveredWriteIsThereWhenItCompletes(String provider) {
    try (Pair pair = Pair.open(provider, Capability.RMA)) {
      RemoteRegion remote = pair.right.domain.register(pair.rightBuffer, ALL).remote();
      for (int size : sizes(pair)) {
        pair.rightBuffer.fill((byte) 0x55);
        byte[] data = random(size, size);
        copy(data, pair.leftBuffer);
        OneSided left = pair.left.endpoint.oneSided();
        post(
            pair,
            () ->
                left.writeDelivered(
                    pair.leftBuffer, 0, size, 0, pair.toRight, remote, MARGIN, pair.leftSend));
        assertEquals(1, awaitLeft(pair));
        assertEquals(pair.leftSend, pair.left.completions.context(0));
        byte[] wanted = expected(data);
        assertArrayEquals(wanted, bytes(pair.rightBuffer, wanted.length), provider + " " + size);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void aWrongKeyIsAnErrorNotACrash(String provider) {
    assertRefused(
        provider,
        region -> {
          RemoteRegion right = region.remote();
          return new RemoteRegion(right.address(), right.key() + 77, right.lengthBytes());
        });
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void aRegionThatIsClosedIsAnErrorNotACrash(String provider) {
    assertRefused(
        provider,
        region -> {
          RemoteRegion right = region.remote();
          region.close();
          assertThrows(IllegalStateException.class, region::remote);
          return right;
        });
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void aRegionThatIsTooShortIsAnErrorNotACrash(String provider) {
    assertRefused(
        provider,
        region -> {
          RemoteRegion right = region.remote();
          return new RemoteRegion(right.address() + 4090, right.key(), 4096);
        });
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void badArgumentsNeverReachTheProvider(String provider) {
    try (Pair pair = Pair.open(provider, Capability.RMA)) {
      RemoteRegion remote = pair.right.domain.register(pair.rightBuffer, ALL).remote();
      MemoryRegion local = pair.right.domain.register(pair.rightBuffer);
      assertThrows(IllegalStateException.class, local::remote);
      OneSided left = pair.left.endpoint.oneSided();
      MemorySegment buffer = pair.leftBuffer;
      long to = pair.toRight;
      long context = pair.leftSend;
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> left.write(buffer, 0, 8, 0, to, remote, MIB - 7, context));
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> left.read(buffer, 0, 8, 0, to, remote, -1, context));
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> left.read(buffer, MIB, 1, 0, to, remote, 0, context));
      assertThrows(
          IndexOutOfBoundsException.class, () -> left.inject(buffer, 0, 8, to, remote, MIB));
      MemorySegment heap = MemorySegment.ofArray(new byte[8]);
      assertThrows(
          IllegalArgumentException.class, () -> left.write(heap, 0, 8, 0, to, remote, 0, context));
      assertThrows(
          IllegalArgumentException.class,
          () -> left.read(buffer.asReadOnly(), 0, 8, 0, to, remote, 0, context));
      Arena arena = Arena.ofConfined();
      MemorySegment freed = arena.allocate(8);
      arena.close();
      assertThrows(
          IllegalStateException.class,
          () -> left.writeData(freed, 0, 8, 0, 1, to, remote, 0, context));
      assertThrows(IllegalStateException.class, () -> pair.left.domain.register(freed));
      MemorySegment constant = buffer.asReadOnly();
      assertThrows(IllegalArgumentException.class, () -> pair.left.domain.register(constant, ALL));
      assertThrows(IllegalArgumentException.class, () -> RemoteRegion.of(new byte[23]));
      pair.left.endpoint.close();
      assertThrows(
          IllegalStateException.class, () -> left.write(buffer, 0, 8, 0, to, remote, 0, context));
      assertThrows(IllegalStateException.class, pair.left.endpoint::oneSided);
    }
  }

  @Test
  void withoutTheCapabilityThereIsAnException() {
    try (Peer peer = Peer.open("shm")) {
      UnsupportedOperationException missing =
          assertThrows(UnsupportedOperationException.class, peer.endpoint::oneSided);
      assertTrue(missing.getMessage().contains("shm"), missing.getMessage());
      assertTrue(missing.getMessage().contains("FI_RMA"), missing.getMessage());
    }
  }

  private static FabricHints hints(String provider) {
    return Peer.hints(provider).with(Capability.RMA);
  }

  /** Reads and delivered writes fail, other writes are dropped, and nothing is touched. */
  private static void assertRefused(
      String provider, Function<MemoryRegion, RemoteRegion> makeWrong) {
    // An operation that fails may take the connection along: each has its own.
    for (String how : List.of("read", "delivered", "write")) {
      int modes = Discovery.REGISTRATION_MODES & ~Constants.FI_MR_VIRT_ADDR;
      try (Pair pair =
          Pair.of(
              Peer.open(Discovery.of(hints(provider), modes)),
              Peer.open(Discovery.of(hints(provider), modes)))) {
        boolean answers = !provider.equals("shm") || how.equals("write");
        if (!answers) {
          System.out.println("[skipped] shm never completes a " + how + " that it has to refuse");
          continue;
        }
        MemoryRegion region = pair.right.domain.register(pair.rightBuffer.asSlice(0, 4096), ALL);
        RemoteRegion wrong = makeWrong.apply(region);
        copy(random(64, 3), pair.leftBuffer);
        post(pair, () -> post(pair, how, wrong));
        int found = awaitLeft(pair);
        assertEquals(how.equals("write") ? 1 : CompletionQueue.FAILED, found, provider + " " + how);
        if (!how.equals("write")) {
          CompletionError error = pair.left.completions.readError();
          assertEquals(pair.leftSend, error.context(), error::toString);
          assertNotEquals(0, error.code(), error::toString);
        }
        assertEquals(-1, pair.rightBuffer.mismatch(pair.arena.allocate(MIB)), provider);
      }
    }
  }

  private static boolean post(Pair pair, String how, RemoteRegion remote) {
    OneSided left = pair.left.endpoint.oneSided();
    MemorySegment buffer = pair.leftBuffer;
    long to = pair.toRight;
    return switch (how) {
      case "read" -> left.read(buffer, 0, 64, 0, to, remote, 0, pair.leftSend);
      case "write" -> left.write(buffer, 0, 64, 0, to, remote, 0, pair.leftSend);
      default -> left.writeDelivered(buffer, 0, 64, 0, to, remote, 0, pair.leftSend);
    };
  }

  private static int[] sizes(Pair pair) {
    int inject = (int) pair.left.info.injectBytes();
    return new int[] {1, 8, inject, inject + 1, 64 * 1024, MIB - 2 * MARGIN};
  }

  private static void post(Pair pair, BooleanSupplier operation) {
    Peer.until(
        () -> {
          boolean posted = operation.getAsBoolean();
          if (!posted) {
            assertEquals(0, pair.left.completions.read());
            pair.right.completions.read();
          }
          return posted;
        });
  }

  /** Reads at the left until something is there; the right makes progress meanwhile. */
  private static int awaitLeft(Pair pair) {
    int[] count = new int[1];
    Peer.until(
        () -> {
          count[0] = pair.left.completions.read();
          pair.right.completions.read();
          return count[0] != 0;
        });
    return count[0];
  }

  private static void awaitBytes(Pair pair, byte[] wanted) {
    awaitBytes(pair, pair.rightBuffer, wanted);
  }

  /** A write may be complete before it is there. */
  private static void awaitBytes(Pair pair, MemorySegment where, byte[] wanted) {
    MemorySegment there = where.asSlice(0, wanted.length);
    MemorySegment expected = MemorySegment.ofArray(wanted);
    Peer.until(
        () -> {
          assertEquals(0, pair.left.completions.read());
          pair.right.completions.read();
          return there.mismatch(expected) == -1;
        });
  }

  /** What is at the target afterwards: the data between margins. */
  private static byte[] expected(byte[] data) {
    byte[] all = new byte[data.length + 2 * MARGIN];
    Arrays.fill(all, (byte) 0x55);
    System.arraycopy(data, 0, all, MARGIN, data.length);
    return all;
  }

  private static void copy(byte[] bytes, MemorySegment to) {
    MemorySegment.copy(bytes, 0, to, ValueLayout.JAVA_BYTE, 0, bytes.length);
  }

  private static byte[] bytes(MemorySegment from, int length) {
    return from.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
  }

  private static byte[] random(int size, int seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
