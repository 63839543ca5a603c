package io.weft.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HandleCellsTest {
  @Test
  @DisplayName("as many places as are lent at once, however often")
  void lends() {
    try (Arena arena = Arena.ofConfined()) {
      HandleCells cells = new HandleCells(arena);
      Set<Long> places = new HashSet<>();
      for (int i = 0; i < 10_000; i++) {
        MemorySegment cell = cells.take();
        places.add(cell.address());
        cells.give(cell);
      }
      assertEquals(1, places.size());
    }
  }

  @Test
  @DisplayName("no place is lent twice, and those that come back serve again")
  void apart() {
    try (Arena arena = Arena.ofConfined()) {
      HandleCells cells = new HandleCells(arena);
      Deque<MemorySegment> lent = new ArrayDeque<>();
      Set<Long> places = new HashSet<>();
      for (int i = 0; i < 1000; i++) {
        lent.add(cells.take());
        assertTrue(places.add(lent.getLast().address()));
        assertEquals(Long.BYTES, lent.getLast().byteSize());
      }
      lent.forEach(cells::give);
      for (int i = 0; i < 1000; i++) {
        assertTrue(places.contains(cells.take().address()));
      }
    }
  }
}
