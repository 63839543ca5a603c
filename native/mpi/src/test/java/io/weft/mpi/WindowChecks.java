package io.weft.mpi;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;

/** Windows beyond those of {@link WinTest}: all kinds of memory and of epochs, and requests. */
final class WindowChecks extends Checks {
  private static final Datatype L = Datatype.LONG;

  WindowChecks(Mpi mpi, Comm comm) {
    super(mpi, comm);
  }

  void windowsOfOnesOwnMemory() {
    MemorySegment memory = mpi.allocate(64);
    memory.set(JAVA_LONG, 8, 500 + rank);
    try (Win win = comm.createWin(memory, null)) {
      assertEquals(64, win.lengthBytes(next));
      assertTrue(win.memory() == memory);
      win.fence(0);
      send.set(JAVA_LONG, 0, rank);
      win.put(send, 0, 1, L, next, 16);
      win.get(recv, 0, 1, L, next, 8);
      win.fence(win.noSucceed());
      assertEquals(previous, memory.get(JAVA_LONG, 16));
      assertEquals(500 + next, recv.get(JAVA_LONG, 0));
    }
    assertEquals(previous, memory.get(JAVA_LONG, 16));
    MemorySegment heap = MemorySegment.ofArray(new long[8]);
    assertThrows(IllegalArgumentException.class, () -> comm.createWin(heap, null));
    MemorySegment locked = memory.asReadOnly();
    assertThrows(IllegalArgumentException.class, () -> comm.createWin(locked, null));
  }

  void windowsOfSharedMemory() {
    try (Win win = comm.allocateSharedWin(64, null)) {
      win.lockAll(0);
      win.memory().set(JAVA_LONG, 0, 70 + rank);
      win.sync();
      comm.barrier();
      win.sync();
      for (int each = 0; each < size; each++) {
        assertEquals(64, win.sharedMemory(each).byteSize());
        assertEquals(70 + each, win.sharedMemory(each).get(JAVA_LONG, 0));
      }
      comm.barrier();
      win.sharedMemory(next).set(JAVA_LONG, 8, rank);
      win.sync();
      comm.barrier();
      win.sync();
      assertEquals(previous, win.memory().get(JAVA_LONG, 8));
      win.unlockAll();
    }
  }

  void dynamicWindows() {
    MemorySegment memory = mpi.allocate(64);
    try (Win win = comm.createDynamicWin(null)) {
      send.set(JAVA_LONG, 0, win.attach(memory));
      comm.allgather(send, 0, recv, 0, 1, L);
      for (int each = 0; each < size; each++) {
        win.addRemoteMemory(each, recv.getAtIndex(JAVA_LONG, each), 64);
      }
      long at = recv.getAtIndex(JAVA_LONG, next);
      send.set(JAVA_LONG, 8, 90 + rank);
      win.lockAll(0);
      win.put(send, 8, 1, L, next, at + 56);
      win.unlockAll();
      comm.barrier();
      win.lock(rank, true, 0);
      assertEquals(90 + previous, memory.get(JAVA_LONG, 56));
      win.unlock(rank);
      assertThrows(IndexOutOfBoundsException.class, () -> win.put(send, 0, 1, L, next, at + 57));
      assertThrows(IndexOutOfBoundsException.class, () -> win.put(send, 0, 1, L, next, 0));
      win.removeRemoteMemory(next, at);
      assertThrows(IndexOutOfBoundsException.class, () -> win.put(send, 0, 1, L, next, at));
      assertThrows(IllegalArgumentException.class, () -> win.detach(send));
      comm.barrier();
      win.detach(memory);
    }
    try (Win fixed = comm.allocateWin(8)) {
      assertThrows(IllegalStateException.class, () -> fixed.attach(memory));
    }
  }

  void epochsOfSomeRanks() {
    try (Win win = comm.allocateWin(64);
        Group all = comm.group();
        Group before = all.include(previous);
        Group after = all.include(next)) {
      for (int round = 0; round < 2; round++) {
        send.set(JAVA_LONG, 0, 1000L * round + rank);
        win.post(before, 0);
        win.start(after, 0);
        win.put(send, 0, 1, L, next, 8);
        win.complete();
        if (round == 0) {
          win.await();
        } else {
          while (!win.test()) {
            Thread.onSpinWait();
          }
        }
        assertEquals(1000L * round + previous, win.memory().get(JAVA_LONG, 8));
      }
    }
  }

  void operationsWithRequests() {
    Request request = comm.newRequest();
    try (Win win = comm.allocateWin(64)) {
      comm.barrier();
      win.lockAll(0);
      send.set(JAVA_LONG, 0, 5 + rank);
      win.rput(send, 0, 1, L, next, 0, request);
      request.await(null);
      win.flushAll();
      comm.barrier();
      win.rget(recv, 0, 1, L, next, 0, request);
      request.await(null);
      assertEquals(5 + rank, recv.get(JAVA_LONG, 0));
      win.raccumulate(send, 0, 1, L, Op.SUM, 0, 8, request);
      request.await(null);
      win.flushAll();
      comm.barrier();
      win.rgetAccumulate(send, 0, recv, 8, 1, L, Op.NO_OP, 0, 8, request);
      request.await(null);
      assertEquals(5L * size + size * (size - 1L) / 2, recv.get(JAVA_LONG, 8));
      assertThrows(
          IllegalArgumentException.class,
          () -> win.rput(MemorySegment.ofArray(new long[1]), 0, 1, L, next, 0, request));
      assertThrows(
          IndexOutOfBoundsException.class, () -> win.rget(recv, 0, 9, L, next, 0, request));
      win.unlockAll();
      comm.barrier();
    }
  }

  void whatWindowsCarry() {
    try (Win win = comm.allocateWin(8);
        Group group = win.group();
        Group all = comm.group();
        Info info = win.info()) {
      assertEquals(Comparison.IDENT, group.compare(all));
      win.setName("halo");
      assertEquals("halo", win.name());
      assertNotNull(info.toMap());
      win.setInfo(info);
      assertTrue(win.isUnified());
      try (UserOp op = mpi.createOp((in, inOut, count, type) -> {}, true)) {
        assertThrows(IllegalArgumentException.class, () -> win.accumulate(send, 0, 1, L, op, 0, 0));
      }
    }
  }

  /** Every other long of the target. */
  void derivedTypesInWindows() {
    try (Win win = comm.allocateWin(64);
        DerivedType spread = mpi.types().vector(3, 1, 2, L).commit()) {
      for (int i = 0; i < 5; i++) {
        send.setAtIndex(JAVA_LONG, i, 10L * rank + i + 1);
      }
      win.fence(0);
      win.put(send, 0, 1, spread, next, 8);
      win.fence(win.noSucceed());
      for (int i = 0; i < 8; i++) {
        boolean there = i == 1 || i == 3 || i == 5;
        assertEquals(there ? 10L * previous + i : 0, win.memory().getAtIndex(JAVA_LONG, i));
      }
      assertThrows(IndexOutOfBoundsException.class, () -> win.put(send, 0, 1, spread, next, 32));
    }
  }
}
