package io.weft.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AllocationsTest {
  /** Where results go, so that the compiler cannot take the allocation away. */
  private static volatile Object sink;

  private static volatile long count;

  @Test
  void countsWhatABodyAllocates() {
    Runnable body = () -> sink = new long[128];
    long total = Allocations.total(10, 1000, body);
    // 1024 bytes of elements and a header of 16 or less than 24.
    assertTrue(total >= 1000 * 1032L && total <= 1000 * 1048L, () -> "total " + total);
    long each = Allocations.perOperation(10, 1000, body);
    assertEquals(Math.ceilDiv(total, 1000), each);
  }

  @Test
  void countsZeroWhereNothingIsAllocated() {
    Runnable body = () -> count = count + 1;
    assertEquals(0, Allocations.total(10, 1000, body));
    assertEquals(0, Allocations.perOperation(0, 1, body));
  }

  @Test
  void seesOneAllocationAmongMany() {
    int[] runs = new int[1];
    Runnable body =
        () -> {
          if (++runs[0] % 1000 == 0) {
            sink = new byte[16];
          }
        };
    assertTrue(Allocations.total(10, 2000, body) >= 2 * 32);
    assertEquals(1, Allocations.perOperation(10, 2000, body));
  }

  @Test
  void refusesNothingToCount() {
    assertThrows(IllegalArgumentException.class, () -> Allocations.total(0, 0, () -> {}));
  }
}
