package io.weft.comm;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.testing.RankTest;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** Opening, closing, and what is left afterwards. */
interface LifeCycleContract extends CommunicatorCase {
  @RankTest
  default void ranksAreThoseOfTheLauncher() {
    assertEquals(context().rank(), comm().rank());
    assertEquals(context().size(), comm().size());
    assertEquals(context().rank(), job().rank());
    assertEquals(context().size(), job().size());
    assertTrue(job().isOneHost());
    assertEquals(size(), job().ranksPerHost());
    assertEquals(size(), job().hosts().size());
    assertEquals("127.0.0.1", job().address(), "all ranks are on one host");
  }

  @RankTest
  default void jobGathersBytesOfUnequalLength() {
    byte[][] all = job().allgather("x".repeat(rank()).getBytes(StandardCharsets.US_ASCII));
    assertEquals(size(), all.length);
    for (int rank = 0; rank < size(); rank++) {
      assertEquals("x".repeat(rank), new String(all[rank], StandardCharsets.US_ASCII));
    }
  }

  /** What the kernel allows this process, ranks of these tests being bound to no core. */
  @RankTest
  default void coresAreSharedWhereRanksAreMore() throws IOException, InterruptedException {
    Process nproc = new ProcessBuilder("nproc").start();
    int cores = Integer.parseInt(new String(nproc.getInputStream().readAllBytes()).strip());
    assertEquals(0, nproc.waitFor());
    assertEquals(size() > cores, job().sharesCores());
  }

  @RankTest
  default void closedCommunicatorRefusesEverything() {
    Communicator closed = way().open(job());
    Request request = closed.newRequest();
    MemorySegment own = closed.allocate(64);
    closed.barrier();
    closed.close();
    closed.close();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(256, 8);
      Operations.everything(closed, buffer, request)
          .each(
              (name, operation) -> assertThrows(IllegalStateException.class, operation::run, name));
    }
    assertFalse(own.scope().isAlive(), "its buffers become invalid");
    assertThrows(IllegalStateException.class, () -> own.get(JAVA_LONG, 0));
    assertWorks();
  }

  @RankTest
  default void manyOneAfterTheOther() {
    for (int i = 0; i < 5; i++) {
      // Not closed where a test fails: that would wait for ranks that never come.
      Communicator another = way().open(job());
      MemorySegment buffer = another.allocate(200_000);
      Bytes.fill(buffer, 0, 100_000, i + rank());
      another.sendrecv(buffer, 0, 100_000, next(), buffer, 100_000, 100_000, previous(), 1);
      Bytes.check(buffer, 100_000, 100_000, i + previous(), "communicator " + i);
      another.close();
    }
    assertWorks();
  }

  @RankTest
  default void messagesOfTwoCommunicatorsDoNotMeet() {
    Communicator other = way().open(job());
    MemorySegment mine = comm().allocate(32);
    Request here = comm().newRequest();
    Request there = other.newRequest();
    comm().irecv(mine, 0, 8, Communicator.ANY_SOURCE, Communicator.ANY_TAG, here);
    other.irecv(mine, 8, 8, Communicator.ANY_SOURCE, Communicator.ANY_TAG, there);
    comm().barrier();
    mine.set(JAVA_LONG, 16, 222);
    other.send(mine, 16, 8, next(), 1);
    there.await();
    assertEquals(222, mine.get(JAVA_LONG, 8));
    assertFalse(here.test(), "a message of another communicator");
    other.barrier();
    mine.set(JAVA_LONG, 24, 111);
    comm().send(mine, 24, 8, next(), 1);
    here.await();
    assertEquals(111, mine.get(JAVA_LONG, 0));
    comm().barrier();
    other.close();
    assertWorks();
  }
}
