package io.weft.comm.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Who gets a window's lock, and when. */
class LockQueueTest {
  private final List<Integer> granted = new ArrayList<>();
  private final LockQueue queue = new LockQueue(4, granted::add);

  @Test
  void sharersHoldItTogether() {
    queue.ask(0, false);
    queue.ask(1, false);
    queue.ask(2, false);
    assertEquals(List.of(0, 1, 2), granted);
  }

  @Test
  void whoWantsItAloneWaitsForAllAndKeepsLaterOnesOut() {
    queue.ask(0, false);
    queue.ask(1, false);
    queue.ask(2, true);
    queue.ask(3, false);
    assertEquals(List.of(0, 1), granted);
    queue.release();
    assertEquals(List.of(0, 1), granted);
    queue.release();
    assertEquals(List.of(0, 1, 2), granted, "3 must not pass 2, nor share with it");
    queue.release();
    assertEquals(List.of(0, 1, 2, 3), granted);
  }

  /** Against a model that is as plain as the rule: in order of asking, alone or with sharers. */
  @Test
  void anyOrderOfAskingAndReleasingIsServedInOrder() {
    Random random = new Random(7);
    Deque<Integer> waiting = new ArrayDeque<>();
    Map<Integer, Boolean> wantsAlone = new HashMap<>();
    List<Integer> holders = new ArrayList<>();
    List<Integer> expected = new ArrayList<>();
    for (int step = 0; step < 10_000; step++) {
      int rank = random.nextInt(4);
      if (holders.contains(rank)) {
        holders.remove(Integer.valueOf(rank));
        queueServe(waiting, wantsAlone, holders, expected);
        queue.release();
      } else if (!waiting.contains(rank)) {
        wantsAlone.put(rank, random.nextBoolean());
        waiting.add(rank);
        queueServe(waiting, wantsAlone, holders, expected);
        queue.ask(rank, wantsAlone.get(rank));
      }
      assertEquals(expected, granted, "step " + step);
      assertEquals(holders.isEmpty() && waiting.isEmpty(), queue.isFree(), "step " + step);
    }
  }

  private static void queueServe(
      Deque<Integer> waiting,
      Map<Integer, Boolean> wantsAlone,
      List<Integer> holders,
      List<Integer> expected) {
    while (!waiting.isEmpty()) {
      int next = waiting.peek();
      boolean free = holders.isEmpty();
      boolean shared = !wantsAlone.get(next) && holders.stream().noneMatch(wantsAlone::get);
      if (!free && !shared) {
        return;
      }
      holders.add(waiting.remove());
      expected.add(next);
    }
  }
}
