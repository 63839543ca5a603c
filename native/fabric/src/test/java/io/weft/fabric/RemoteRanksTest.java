package io.weft.fabric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.weft.launch.MpiVendor;
import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankFixture;
import io.weft.testing.RankTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;

/** Ranks work on each other's memory: each writes to the next one and reads from it. */
@MultiRank(mpis = MpiVendor.OPEN_MPI, ranks = 2, variantProvider = RemoteVariants.class)
class RemoteRanksTest implements RankFixture {
  private static final int LONGEST = 1 << 20;

  /** Around limits of shm, net and the device of efa. */
  private static final int[] SIZES = {1, 8, 129, 4097, 8_928, 65_537, LONGEST};

  private static final int COUNTED = 200;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment out = arena.allocate(LONGEST, 4096);
  private final MemorySegment in = arena.allocate(LONGEST, 4096);
  private RankPeer self;

  @Override
  public void open(RankContext context) {
    FabricHints hints = RemoteVariants.hints(context.variant()).with(Capability.RMA);
    try {
      self = RankPeer.open(context, withAtomics(hints), out, in);
    } catch (FabricUnavailableException none) {
      abort(none.getMessage());
    }
  }

  private static FabricHints withAtomics(FabricHints hints) {
    try {
      FabricHints more = hints.with(Capability.ATOMICS);
      Fabric.discover(more).close();
      return more;
    } catch (FabricUnavailableException none) {
      return hints;
    }
  }

  @Override
  public void close() {
    self.barrier();
    self.close();
    arena.close();
  }

  @RankTest
  void writesWithDataArrive() {
    OneSided mine = self.endpoint().oneSided();
    for (int size : SIZES) {
      write(out, random(size, self.rank()));
      self.barrier();
      self.post(
          context ->
              mine.writeData(
                  out,
                  0,
                  size,
                  self.outDescriptor(),
                  size + self.rank(),
                  self.to(self.next()),
                  self.remote(self.next()),
                  0,
                  context));
      self.await(1, 0);
      assertEquals(size + self.previous(), self.awaitRemoteWrite());
      assertArrayEquals(random(size, self.previous()), read(in, size), "of " + size);
    }
  }

  @RankTest
  void deliveredWritesAreThereAfterABarrier() {
    OneSided mine = self.endpoint().oneSided();
    for (int size : SIZES) {
      write(out, random(size, self.rank() + 10));
      in.fill((byte) 0);
      self.barrier();
      self.post(
          context ->
              mine.writeDelivered(
                  out,
                  0,
                  size,
                  self.outDescriptor(),
                  self.to(self.next()),
                  self.remote(self.next()),
                  0,
                  context));
      self.await(1, 0);
      self.barrier();
      assertArrayEquals(random(size, self.previous() + 10), read(in, size), "of " + size);
      self.barrier();
    }
  }

  @RankTest
  void readsFetchWhatThePeerHas() {
    OneSided mine = self.endpoint().oneSided();
    for (int size : SIZES) {
      write(in, random(size, self.rank() + 20));
      out.fill((byte) 0);
      self.barrier();
      self.post(
          context ->
              mine.read(
                  out,
                  0,
                  size,
                  self.outDescriptor(),
                  self.to(self.next()),
                  self.remote(self.next()),
                  0,
                  context));
      self.await(1, 0);
      assertArrayEquals(random(size, self.next() + 20), read(out, size), "of " + size);
      self.barrier();
    }
  }

  @RankTest
  void injectedWritesArrive() {
    OneSided mine = self.endpoint().oneSided();
    long size = Math.min(64, self.info().injectBytes());
    in.fill((byte) 0);
    write(out, random((int) size, self.rank() + 30));
    self.barrier();
    self.post(
        context -> mine.inject(out, 0, size, self.to(self.next()), self.remote(self.next()), 0));
    MemorySegment wanted = MemorySegment.ofArray(random((int) size, self.previous() + 30));
    self.until(() -> in.asSlice(0, size).mismatch(wanted) == -1, "injected write");
    self.barrier();
  }

  @RankTest
  void everyRankCountsUpTheFirst() {
    if (!self.info().has(Capability.ATOMICS)) {
      abort(self.info().provider() + " offers no FI_ATOMIC with FI_RMA");
    }
    Atomics mine;
    try {
      mine = self.endpoint().atomics();
    } catch (UnsupportedOperationException none) {
      abort(none.getMessage());
      return;
    }
    in.fill((byte) 0);
    out.set(ValueLayout.JAVA_LONG, 0, 1L);
    Operand one = new Operand(out.asSlice(0, 8), self.outDescriptor());
    Operand before = new Operand(out.asSlice(64, 8), self.outDescriptor());
    self.barrier();
    long last = -1;
    for (int i = 0; i < COUNTED; i++) {
      self.post(
          context ->
              mine.fetch(
                  AtomicType.LONG,
                  AtomicOperation.SUM,
                  1,
                  one,
                  before,
                  self.to(0),
                  self.remote(0),
                  8,
                  context));
      self.await(1, 0);
      long found = before.memory().get(ValueLayout.JAVA_LONG, 0);
      assertTrue(found > last, "in turn: " + last + ", " + found);
      last = found;
    }
    self.barrier();
    if (self.rank() == 0) {
      assertEquals(2 * COUNTED, in.get(ValueLayout.JAVA_LONG, 8));
    }
    self.barrier();
  }

  @RankTest
  void messagesWithoutTagsArrive() {
    Messages mine = self.endpoint().messages();
    for (int size : SIZES) {
      write(out, random(size, self.rank() + 40));
      self.post(context -> mine.receive(in, 0, size, self.inDescriptor(), context));
      self.barrier();
      self.post(
          context -> mine.send(out, 0, size, self.outDescriptor(), self.to(self.next()), context));
      self.await(1, 1);
      assertEquals(size, self.receivedBytes());
      assertArrayEquals(random(size, self.previous() + 40), read(in, size), "of " + size);
    }
  }

  @RankTest
  void whatMustBeRegisteredIs() {
    if (!self.info().needsRegistration()) {
      return;
    }
    OneSided mine = self.endpoint().oneSided();
    long to = self.to(self.next());
    RemoteRegion remote = self.remote(self.next());
    assertThrows(IllegalArgumentException.class, () -> mine.write(out, 0, 8, 0, to, remote, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> mine.read(out, 0, 8, 0, to, remote, 0, 0));
  }

  private static void write(MemorySegment to, byte[] bytes) {
    MemorySegment.copy(bytes, 0, to, ValueLayout.JAVA_BYTE, 0, bytes.length);
  }

  private static byte[] read(MemorySegment from, int length) {
    return from.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
  }

  private static byte[] random(int size, int seed) {
    byte[] bytes = new byte[size];
    new Random(1000L * size + seed).nextBytes(bytes);
    return bytes;
  }
}
