package io.weft.comm.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Slots of the length that is needed, used again. */
class SlotPoolTest {
  @Test
  void aSlotHasTheNextPowerOfTwo() {
    try (Arena arena = Arena.ofConfined()) {
      SlotPool pool = new SlotPool(arena, 65_536, memory -> 0);
      for (long bytes = 1; bytes <= 65_536; bytes++) {
        Slot slot = pool.take(bytes);
        long expected = Math.max(256, Long.highestOneBit(2 * bytes - 1));
        assertEquals(expected, slot.memory.byteSize(), bytes + " bytes");
        pool.give(slot);
      }
    }
  }

  @Test
  void whatIsGivenBackIsUsedAgain() {
    List<MemorySegment> registered = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      SlotPool pool =
          new SlotPool(
              arena,
              4096,
              memory -> {
                registered.add(memory);
                return 42;
              });
      Slot first = pool.take(3000);
      Slot second = pool.take(3000);
      assertNotSame(first, second);
      assertTrue(first.memory.asOverlappingSlice(second.memory).isEmpty());
      assertEquals(42, second.descriptor);
      pool.give(first);
      pool.give(second);
      assertSame(second, pool.take(4096));
      assertSame(first, pool.take(4000));
      int before = registered.size();
      for (int i = 0; i < 1000; i++) {
        pool.give(pool.take(200));
      }
      assertEquals(before + 1, registered.size(), "memory for one piece of short ones");
    }
  }
}
