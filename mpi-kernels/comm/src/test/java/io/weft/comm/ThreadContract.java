package io.weft.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.testing.RankTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A communicator is its opener's. */
interface ThreadContract extends CommunicatorCase {
  @RankTest
  default void otherThreadsAreRefused() throws InterruptedException {
    Request active = comm().newRequest();
    Request inactive = comm().newRequest();
    MemorySegment own = comm().allocate(16);
    comm().irecv(own, 0, 8, previous(), 7, active);
    Map<String, String> thrown = new TreeMap<>();
    Thread other =
        new Thread(
            () -> {
              try (Arena arena = Arena.ofConfined()) {
                MemorySegment buffer = arena.allocate(256, 8);
                Operations all = Operations.everything(comm(), buffer, inactive);
                all.each((name, operation) -> thrown.put(name, outcome(operation)));
                thrown.put("active await", outcome(active::await));
                thrown.put("active test", outcome(active::test));
                thrown.put("close", outcome(comm()::close));
              }
            },
            "intruder");
    other.start();
    other.join();
    assertEquals(40, thrown.size(), thrown.toString());
    List<String> wrong = new ArrayList<>();
    thrown.forEach(
        (name, outcome) -> {
          if (!outcome.startsWith("WrongThreadException") || !outcome.contains("intruder")) {
            wrong.add(name + ": " + outcome);
          }
        });
    assertTrue(wrong.isEmpty(), wrong.toString());
    assertTrue(active.isActive());
    assertFalse(inactive.isActive());
    comm().barrier();
    comm().send(own, 8, 8, next(), 7);
    active.await();
    assertWorks();
  }

  private static String outcome(Runnable operation) {
    try {
      operation.run();
      return "nothing";
    } catch (Throwable thrown) {
      return thrown.getClass().getSimpleName() + " " + thrown.getMessage();
    }
  }
}
