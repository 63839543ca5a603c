package io.weft.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.BitSet;
import java.util.Random;

/** One receive for several messages over efa, between processes. */
@MultiRank(mpis = MpiVendor.OPEN_MPI, ranks = 2, variantProvider = EfaVariants.Libfabric.class)
class EfaMultiReceiveTest implements RankFixture {
  private static final int MESSAGES = 50;
  private static final int LONGEST = 3_000;
  private static final int CAPACITY = MESSAGES * LONGEST;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment out = arena.allocate(CAPACITY, 4096);
  private final MemorySegment in = arena.allocate(CAPACITY, 4096);
  private RankPeer self;

  @Override
  public void open(RankContext context) {
    FabricHints hints = FabricHints.provider("efa").with(Capability.MULTI_RECEIVE);
    try {
      self = RankPeer.open(context, hints, out, in);
    } catch (FabricUnavailableException none) {
      abort(none.getMessage());
    }
  }

  @Override
  public void close() {
    self.barrier();
    self.close();
    arena.close();
  }

  private static int length(int rank, int message) {
    return 8 + new Random(1000L * rank + message).nextInt(LONGEST - 8);
  }

  /** Its number in front, and then bytes that follow from it. */
  private static byte value(int rank, int message) {
    return (byte) (7 * rank + message + 1);
  }

  @RankTest
  void messagesLieBehindEachOther() {
    Messages mine = self.endpoint().messages();
    self.post(context -> mine.receiveMany(in, 0, CAPACITY, self.inDescriptor(), context));
    self.barrier();
    for (int i = 0; i < MESSAGES; i++) {
      int number = i;
      long at = (long) i * LONGEST;
      int length = length(self.rank(), i);
      out.asSlice(at, length).fill(value(self.rank(), i));
      out.set(ValueLayout.JAVA_INT_UNALIGNED, at, number);
      self.post(
          context ->
              mine.send(out, at, length, self.outDescriptor(), self.to(self.next()), context));
    }
    self.await(MESSAGES, MESSAGES);
    BitSet found = new BitSet();
    long expected = 0;
    for (int i = 0; i < MESSAGES; i++) {
      int number = in.get(ValueLayout.JAVA_INT_UNALIGNED, expected);
      int length = length(self.previous(), number);
      assertEquals(in.address() + expected, self.address(i), "where message " + i + " lies");
      for (int b = 4; b < length; b++) {
        assertEquals(value(self.previous(), number), in.get(ValueLayout.JAVA_BYTE, expected + b));
      }
      found.set(number);
      expected += length;
    }
    assertEquals(MESSAGES, found.cardinality());
    assertTrue(expected <= CAPACITY);
  }
}
