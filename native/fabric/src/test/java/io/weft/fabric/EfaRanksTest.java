package io.weft.fabric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.weft.launch.MpiVendor;
import io.weft.testing.EfaVariants;
import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankFixture;
import io.weft.testing.RankTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.EnumSet;
import java.util.Random;
import org.junit.jupiter.api.function.Executable;

/**
 * The efa provider between processes, without MPI: a card where there is one, else the software
 * device, whose messages then overtake each other. Every rank sends to the next one.
 */
@MultiRank(
    mpis = MpiVendor.OPEN_MPI,
    ranks = {2, 4},
    variantProvider = EfaVariants.Libfabric.class)
class EfaRanksTest implements RankFixture {
  private static final int LONGEST = 4 << 20;

  /** Around what one packet of the device holds, and the provider's limits of its protocols. */
  private static final int[] SIZES = {
    0, 1, 8, 3927, 3928, 3929, 8_000, 9_000, 65_535, 65_536, 65_537, 1 << 20, LONGEST
  };

  private static final int MANY = 400;
  private static final int WINDOW = 16;
  private static final int REUSED = 100_000;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment out = arena.allocate(LONGEST, 4096);
  private final MemorySegment in = arena.allocate(LONGEST, 4096);
  private RankPeer self;
  private long sent;

  @Override
  public void open(RankContext context) {
    try {
      self = RankPeer.open(context, FabricHints.provider("efa"), out, in);
    } catch (FabricUnavailableException none) {
      abort(none.getMessage());
    }
  }

  @Override
  public void close() {
    self.barrier();
    if (EmulatedEfa.isThere()) {
      long moved = EmulatedEfa.bytesMoved();
      // A long message is read by its receiver, whose device counts it; all ranks do the same.
      assertTrue(moved >= sent, () -> moved + " bytes over the device, of " + sent + " sent");
      assertTrue(self.info().device().isEmulated(), () -> self.info().toString());
    }
    self.close();
    arena.close();
  }

  @RankTest
  void libraryIsTheOneAskedFor(RankContext context) {
    if (context.variant().contains("libfabric=2.1")) {
      assertTrue(Fabric.libraryVersion().startsWith("libfabric 2.1 "), Fabric.libraryVersion());
    }
    assertEquals("efa", self.info().provider());
  }

  @RankTest
  void buffersMustBeRegistered() {
    assertTrue(self.info().needsRegistration(), () -> self.info().toString());
    assertTrue(self.info().ordersMessages(), () -> self.info().toString());
  }

  @RankTest
  void whatIsNotRegisteredIsRefused() {
    long to = self.to(self.next());
    Endpoint mine = self.endpoint();
    Messages messages = mine.messages();
    Vectored vectored = mine.vectored();
    IoVector pieces = new IoVector(2).add(out, 0, 8, self.outDescriptor()).add(out, 8, 8, 0);
    for (Executable each :
        new Executable[] {
          () -> mine.send(out, 0, 8, 0, to, 1, 1),
          () -> mine.receive(in, 0, 8, 0, 1, 0, 1),
          () -> messages.send(out, 0, 8, 0, to, 1),
          () -> messages.receive(in, 0, 8, 0, 1),
          () -> vectored.sendTagged(pieces, to, 1, 1),
          () -> vectored.receiveTagged(pieces, 1, 0, 1),
        }) {
      IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, each);
      assertTrue(refused.getMessage().contains("FI_MR_LOCAL"), refused.getMessage());
    }
  }

  @RankTest
  void piecesArriveAsOneMessage() {
    write(random(20_000, self.rank(), 9));
    IoVector from = new IoVector(2).add(out, 0, 5_000, self.outDescriptor());
    from.add(out, 5_000, 15_000, self.outDescriptor());
    IoVector to = new IoVector(2).add(in, 0, 9_000, self.inDescriptor());
    to.add(in, 9_000, 11_000, self.inDescriptor());
    Vectored vectored = self.endpoint().vectored();
    self.post(context -> vectored.receiveTagged(to, 9, 0, context));
    self.post(context -> vectored.sendTagged(from, self.to(self.next()), 9, context));
    sent += 20_000;
    self.awaitSendAndReceive();
    assertEquals(20_000, self.receivedBytes());
    assertArrayEquals(random(20_000, self.previous(), 9), read(0, 20_000));
  }

  @RankTest
  void everySizeArrives() {
    for (int size : SIZES) {
      write(random(size, self.rank(), size));
      self.receive(0, size, size);
      self.send(0, size, self.next(), size);
      sent += size;
      self.awaitSendAndReceive();
      assertEquals(size, self.receivedBytes());
      assertArrayEquals(random(size, self.previous(), size), read(0, size), "of " + size);
    }
  }

  @RankTest
  void messagesOfOneTagKeepTheirOrder() {
    Random lengths = new Random(7);
    for (int first = 0; first < MANY; first += WINDOW) {
      int[] length = lengths.ints(WINDOW, 8, 20_000).toArray();
      for (int i = 0; i < WINDOW; i++) {
        self.receive(i * 20_000L, 20_000, 99);
      }
      for (int i = 0; i < WINDOW; i++) {
        out.set(ValueLayout.JAVA_LONG, i * 20_000L, first + i);
        self.send(i * 20_000L, length[i], self.next(), 99);
        sent += length[i];
      }
      self.await(WINDOW, WINDOW);
      for (int i = 0; i < WINDOW; i++) {
        assertEquals(first + i, in.get(ValueLayout.JAVA_LONG, i * 20_000L), "message " + i);
      }
    }
  }

  @RankTest
  void injectedMessagesNeedNoBufferAfterwards() {
    int longest = (int) self.info().injectBytes();
    for (int size : new int[] {1, longest - 1, longest}) {
      self.receive(0, size, 5);
      write(random(size, self.rank(), 5));
      self.inject(0, size, self.next(), 5);
      out.asSlice(0, size).fill((byte) 0);
      sent += size;
      self.await(0, 1);
      assertArrayEquals(random(size, self.previous(), 5), read(0, size), "of " + size);
    }
  }

  /** Memory that was freed and given out again travels as well, by a registration of its own. */
  @RankTest
  void buffersOfArenasThatCloseAreRegisteredAnew() {
    RegistrationCache cache =
        new RegistrationCache(self.domain(), EnumSet.of(Access.SEND), 4, Long.MAX_VALUE);
    int again = 0;
    long before = 0;
    for (int i = 0; i < 20; i++) {
      try (Arena own = Arena.ofConfined()) {
        MemorySegment buffer = own.allocate(REUSED);
        again += buffer.address() == before ? 1 : 0;
        before = buffer.address();
        byte[] data = random(REUSED, self.rank(), i);
        MemorySegment.copy(data, 0, buffer, ValueLayout.JAVA_BYTE, 0, REUSED);
        final int tag = i;
        RegistrationCache.Registration used = cache.acquire(buffer);
        self.receive(0, REUSED, i);
        self.post(
            context ->
                self.endpoint()
                    .send(
                        buffer, 0, REUSED, used.descriptor(), self.to(self.next()), tag, context));
        sent += REUSED;
        self.awaitSendAndReceive();
        used.release();
        assertArrayEquals(random(REUSED, self.previous(), i), read(0, REUSED), "message " + i);
      }
    }
    assertEquals(20, cache.misses());
    assertEquals(1, cache.sweep());
    assertEquals(0, cache.entries());
    assertTrue(again > 0, "the allocator gave an address out again");
    cache.close();
  }

  private void write(byte[] bytes) {
    MemorySegment.copy(bytes, 0, out, ValueLayout.JAVA_BYTE, 0, bytes.length);
  }

  private byte[] read(long offset, int length) {
    return in.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
  }

  private static byte[] random(int size, int rank, int seed) {
    byte[] bytes = new byte[size];
    new Random(31L * rank + seed).nextBytes(bytes);
    return bytes;
  }
}
