package io.weft.mpi.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import java.util.List;
import mpi.Datatype;
import mpi.Errhandler;
import mpi.Group;
import mpi.Info;
import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;
import mpi.Op;
import mpi.Request;
import mpi.UserFunction;
import mpi.Win;

/** Memory that ranks read and write in each other. */
final class WinChecks extends Checks {
  private static final int LENGTH = 16;

  private final IntBuffer memory = MPI.newIntBuffer(LENGTH);
  private final IntBuffer send = MPI.newIntBuffer(LENGTH);
  private final IntBuffer recv = MPI.newIntBuffer(LENGTH);
  private final IntBuffer old = MPI.newIntBuffer(LENGTH);

  WinChecks(Intracomm comm) throws MPIException {
    super(comm);
  }

  /** Over {@link #memory}, in which element i is 100 rank + i; displacements count elements. */
  private Win open() throws MPIException {
    for (int i = 0; i < LENGTH; i++) {
      memory.put(i, 100 * rank + i);
      send.put(i, 1000 * (rank + 1) + i);
      recv.put(i, -1);
      old.put(i, -1);
    }
    Win win = new Win(memory, LENGTH, 1, MPI.INFO_NULL, comm);
    win.setErrhandler(MPI.ERRORS_RETURN);
    return win;
  }

  void fences() throws MPIException {
    Win win = open();
    win.fence(MPI.MODE_NOPRECEDE);
    win.put(send, 2, MPI.INT, next, 3, 2, MPI.INT);
    win.get(recv, 2, MPI.INT, next, 8, 2, MPI.INT);
    win.fence(0);
    assertEquals(1000 * (previous + 1), memory.get(3));
    assertEquals(1000 * (previous + 1) + 1, memory.get(4));
    assertEquals(100 * rank + 5, memory.get(5));
    assertEquals(100 * next + 8, recv.get(0));
    assertEquals(100 * next + 9, recv.get(1));
    assertEquals(-1, recv.get(2));
    win.accumulate(send, 1, MPI.INT, 0, 0, 1, MPI.INT, MPI.SUM);
    win.fence(MPI.MODE_NOSUCCEED);
    if (rank == 0) {
      assertEquals(1000 * size * (size + 1) / 2, memory.get(0));
    }
    win.free();
    assertEquals(1000 * (previous + 1), memory.get(3));
  }

  /** What positions and slices of buffers mean. */
  void partsOfBuffers() throws MPIException {
    Win win = open();
    send.position(5);
    win.fence(0);
    win.put(MPI.slice(send, 2), 1, MPI.INT, next, 0, 1, MPI.INT);
    win.put(send, 1, MPI.INT, next, 1, 1, MPI.INT);
    win.fence(MPI.MODE_NOSUCCEED);
    send.clear();
    assertEquals(1000 * (previous + 1) + 2, memory.get(0));
    assertEquals(1000 * (previous + 1), memory.get(1));
    win.free();
  }

  void derivedTypes() throws MPIException {
    Win win = open();
    Datatype spread = Datatype.createVector(3, 1, 2, MPI.INT);
    refused(
        MPI.ERR_TYPE,
        "MPI_Put",
        "not committed",
        () -> win.put(send, 3, MPI.INT, next, 1, 1, spread));
    spread.commit();
    win.fence(0);
    win.put(send, 3, MPI.INT, next, 1, 1, spread);
    win.fence(MPI.MODE_NOSUCCEED);
    for (int i = 0; i < 8; i++) {
      boolean there = i == 1 || i == 3 || i == 5;
      int expected = there ? 1000 * (previous + 1) + i / 2 : 100 * rank + i;
      assertEquals(expected, memory.get(i), "element " + i);
    }
    refused(
        MPI.ERR_DISP,
        "MPI_Put",
        "bytes 48 to 68",
        () -> win.put(send, 3, MPI.INT, next, 12, 1, spread));
    spread.free();
    win.free();
  }

  void epochsOfSomeRanks() throws MPIException {
    Win win = open();
    Group all = win.getGroup();
    assertEquals(size, all.getSize());
    Group before = all.incl(new int[] {previous});
    Group after = all.incl(new int[] {next});
    for (int round = 0; round < 2; round++) {
      send.put(0, 10 * round + rank);
      win.post(before, 0);
      win.start(after, 0);
      win.put(send, 1, MPI.INT, next, 2, 1, MPI.INT);
      win.complete();
      if (round == 0) {
        win.waitFor();
      } else {
        while (!win.test()) {
          Thread.onSpinWait();
        }
      }
      assertEquals(10 * round + previous, memory.get(2));
    }
    after.free();
    before.free();
    all.free();
    win.free();
  }

  void locks() throws MPIException {
    Win win = open();
    comm.barrier();
    win.lock(MPI.LOCK_EXCLUSIVE, next, 0);
    win.put(send, 1, MPI.INT, next, 4, 1, MPI.INT);
    win.flush(next);
    win.get(recv, 1, MPI.INT, next, 4, 1, MPI.INT);
    win.flushLocal(next);
    assertEquals(send.get(0), recv.get(0));
    win.unlock(next);
    comm.barrier();
    win.lock(MPI.LOCK_SHARED, rank, 0);
    win.sync();
    assertEquals(1000 * (previous + 1), memory.get(4));
    win.unlock(rank);
    comm.barrier();
    win.lockAll(0);
    win.put(send, 1, MPI.INT, next, 5, 1, MPI.INT);
    win.put(send, 1, MPI.INT, next, 6, 1, MPI.INT);
    win.flushLocalAll();
    win.flushAll();
    win.get(recv, 2, MPI.INT, next, 5, 2, MPI.INT);
    win.flushAll();
    assertEquals(send.get(0), recv.get(1));
    win.unlockAll();
    comm.barrier();
    win.free();
  }

  void atomics() throws MPIException {
    Win win = open();
    memory.put(0, 0);
    memory.put(1, 0);
    memory.put(2, -1);
    comm.barrier();
    win.lockAll(0);
    win.sync();
    comm.barrier();
    send.put(0, 1);
    int[] taken = new int[5];
    for (int i = 0; i < 5; i++) {
      win.fetchAndOp(send, recv, MPI.INT, 0, 0, MPI.SUM);
      win.flush(0);
      taken[i] = recv.get(0);
    }
    comm.barrier();
    // Every number below 5 size was given to one rank, once.
    int[] all = new int[5 * size];
    comm.allGather(taken, 5, MPI.INT, all, 5, MPI.INT);
    Arrays.sort(all);
    for (int i = 0; i < all.length; i++) {
      assertEquals(i, all[i]);
    }
    send.put(0, 7);
    win.getAccumulate(send, 1, MPI.INT, old, 1, MPI.INT, 0, 1, 1, MPI.INT, MPI.SUM);
    win.flush(0);
    assertTrue(old.get(0) % 7 == 0 && old.get(0) < 7 * size, "" + old.get(0));
    comm.barrier();
    win.getAccumulate(send, 0, MPI.INT, old, 1, MPI.INT, 0, 1, 1, MPI.INT, MPI.NO_OP);
    win.flush(0);
    assertEquals(7 * size, old.get(0));
    // What is given is ignored then, and may be less than what is said.
    IntBuffer nothing = MPI.newIntBuffer(0);
    old.put(0, -1);
    win.getAccumulate(nothing, 1, MPI.INT, old, 1, MPI.INT, 0, 1, 1, MPI.INT, MPI.NO_OP);
    win.flush(0);
    assertEquals(7 * size, old.get(0));
    recv.put(0, -1);
    win.fetchAndOp(nothing, recv, MPI.INT, 0, 1, MPI.NO_OP);
    win.flush(0);
    assertEquals(7 * size, recv.get(0));
    old.put(0, -1);
    win.rGetAccumulate(nothing, 1, MPI.INT, old, 1, MPI.INT, 0, 1, 1, MPI.INT, MPI.NO_OP).waitFor();
    assertEquals(7 * size, old.get(0));
    assertThrows(
        ArrayIndexOutOfBoundsException.class,
        () -> win.fetchAndOp(nothing, recv, MPI.INT, 0, 1, MPI.SUM));
    comm.barrier();
    send.put(0, rank);
    send.put(1, -1);
    win.compareAndSwap(send, MPI.slice(send, 1), recv, MPI.INT, 0, 2);
    win.flush(0);
    int winner = recv.get(0) == -1 ? 1 : 0;
    int[] winners = {winner};
    comm.allReduce(winners, 1, MPI.INT, MPI.SUM);
    assertEquals(1, winners[0]);
    win.unlockAll();
    comm.barrier();
    win.free();
  }

  void requests() throws MPIException {
    Win win = open();
    memory.put(1, 0);
    comm.barrier();
    win.lockAll(0);
    win.sync();
    comm.barrier();
    Request put = win.rPut(send, 1, MPI.INT, next, 0, 1, MPI.INT);
    put.waitFor();
    assertTrue(put.isNull());
    win.flushAll();
    comm.barrier();
    win.rGet(recv, 1, MPI.INT, next, 0, 1, MPI.INT).waitFor();
    assertEquals(1000 * (rank + 1), recv.get(0));
    win.rAccumulate(send, 1, MPI.INT, 0, 1, 1, MPI.INT, MPI.SUM).waitFor();
    win.flushAll();
    comm.barrier();
    win.rGetAccumulate(send, 1, MPI.INT, old, 1, MPI.INT, 0, 1, 1, MPI.INT, MPI.NO_OP).waitFor();
    assertEquals(1000 * size * (size + 1) / 2, old.get(0));
    win.unlockAll();
    comm.barrier();
    win.free();
  }

  void memoryOfTheLibrary() throws MPIException {
    for (int flavor : new int[] {Win.FLAVOR_PRIVATE, Win.FLAVOR_SHARED}) {
      LongBuffer base = MPI.newLongBuffer(4);
      Win win = new Win(4, 2, MPI.INFO_NULL, comm, base, flavor);
      win.setErrhandler(MPI.ERRORS_RETURN);
      assertEquals(4 * Long.BYTES, win.getAttr(MPI.WIN_SIZE));
      assertEquals(2 * Long.BYTES, win.getAttr(MPI.WIN_DISP_UNIT));
      assertEquals(win.getAttr(MPI.WIN_BASE), base.get(0));
      LongBuffer from = MPI.newLongBuffer(1).put(0, 77 + rank);
      LongBuffer to = MPI.newLongBuffer(1);
      win.fence(0);
      win.put(from, 1, MPI.LONG, next, 1, 1, MPI.LONG);
      win.fence(0);
      win.get(to, 1, MPI.LONG, rank, 1, 1, MPI.LONG);
      win.fence(MPI.MODE_NOSUCCEED);
      assertEquals(77 + previous, to.get(0));
      refused(
          MPI.ERR_DISP,
          "MPI_Put",
          "targetDisp 2",
          () -> win.put(from, 1, MPI.LONG, next, 2, 1, MPI.LONG));
      win.free();
    }
    ByteBuffer small = MPI.newByteBuffer(4);
    Win win = new Win(8, 1, MPI.INFO_NULL, comm, small, Win.FLAVOR_PRIVATE);
    assertEquals(0, small.getInt(0));
    win.free();
    assertEquals(0, Win.WIN_NULL);
  }

  void dynamicWindows() throws MPIException {
    Win win = new Win(MPI.INFO_NULL, comm);
    win.setErrhandler(MPI.ERRORS_RETURN);
    win.attach(memory, LENGTH);
    refused(
        MPI.ERR_DISP,
        "MPI_Put",
        "no int can hold",
        () -> win.put(send, 1, MPI.INT, next, 0, 1, MPI.INT));
    refused(MPI.ERR_ARG, "MPI_Win_detach", "not attached", () -> win.detach(send));
    win.detach(memory);
    refused(MPI.ERR_ARG, "MPI_Win_detach", "not attached", () -> win.detach(memory));
    win.free();
  }

  void whatWindowsCarry() throws MPIException {
    Win win = open();
    assertEquals(LENGTH * Integer.BYTES, win.getAttr(MPI.WIN_SIZE));
    assertEquals(Integer.BYTES, win.getAttr(MPI.WIN_DISP_UNIT));
    assertTrue((Long) win.getAttr(MPI.WIN_BASE) != 0);
    win.setName("halo");
    assertEquals("halo", win.getName());
    Info info = win.getInfo();
    assertFalse(info.isNull());
    win.setInfo(info);
    info.free();
    int key = Win.createKeyval();
    assertNull(win.getAttr(key));
    win.setAttr(key, List.of("a", "b"));
    assertEquals(List.of("a", "b"), win.getAttr(key));
    win.setAttr(key, 42);
    assertEquals(42, win.getAttr(key));
    win.deleteAttr(key);
    assertNull(win.getAttr(key));
    MPIException lost = assertThrows(MPIException.class, () -> win.setAttr(key, new Object()));
    assertTrue(lost.getCause() instanceof java.io.NotSerializableException, lost::toString);
    Win.freeKeyval(key);
    win.free();
  }

  void errorHandlers() throws MPIException {
    Win win = open();
    Errhandler returned = win.getErrhandler();
    win.setErrhandler(MPI.ERRORS_ARE_FATAL);
    win.setErrhandler(returned);
    // Were it fatal still, this would end the job.
    win.callErrhandler(MPI.ERR_RANK);
    refused("MPI_Win_unlock", () -> win.unlock(rank));
    assertThrows(NullPointerException.class, () -> win.setErrhandler(null));
    win.free();
  }

  void whatIsWrong() throws MPIException {
    IntBuffer heap = IntBuffer.allocate(4);
    assertThrows(IllegalArgumentException.class, () -> new Win(heap, 4, 1, MPI.INFO_NULL, comm));
    assertThrows(
        IndexOutOfBoundsException.class, () -> new Win(memory, LENGTH + 1, 1, MPI.INFO_NULL, comm));
    refused(
        MPI.ERR_DISP,
        "MPI_Win_create",
        "dispUnit is 0",
        () -> new Win(memory, LENGTH, 0, MPI.INFO_NULL, comm));
    refused(
        MPI.ERR_ARG,
        "MPI_Win_allocate",
        "flavor is 7",
        () -> new Win(4, 1, MPI.INFO_NULL, comm, memory, 7));
    assertThrows(NullPointerException.class, () -> new Win(memory, LENGTH, 1, null, comm));
    Win win = open();
    win.fence(0);
    assertThrows(
        IllegalArgumentException.class, () -> win.put(heap, 4, MPI.INT, next, 0, 4, MPI.INT));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> win.put(send, LENGTH + 1, MPI.INT, next, 0, 1, MPI.INT));
    IllegalArgumentException named =
        assertThrows(
            IllegalArgumentException.class,
            () -> win.compareAndSwap(send, heap, recv, MPI.INT, next, 0));
    assertTrue(named.getMessage().contains("compareAddr"), named.getMessage());
    assertThrows(
        ReadOnlyBufferException.class,
        () -> win.get(recv.asReadOnlyBuffer(), 1, MPI.INT, next, 0, 1, MPI.INT));
    refused(
        MPI.ERR_RANK,
        "MPI_Get",
        "targetRank " + size,
        () -> win.get(recv, 1, MPI.INT, size, 0, 1, MPI.INT));
    refused(
        MPI.ERR_DISP,
        "MPI_Get",
        "bytes 60 to 68",
        () -> win.get(recv, 2, MPI.INT, next, LENGTH - 1, 2, MPI.INT));
    refused(
        MPI.ERR_DISP,
        "MPI_Accumulate",
        "targetDisp -1",
        () -> win.accumulate(send, 1, MPI.INT, next, -1, 1, MPI.INT, MPI.SUM));
    refused(
        MPI.ERR_COUNT,
        "MPI_Put",
        "targetCount is -1",
        () -> win.put(send, 1, MPI.INT, next, 0, -1, MPI.INT));
    refused(
        MPI.ERR_COUNT,
        "MPI_Put",
        "orgCount is -1",
        () -> win.put(send, -1, MPI.INT, next, 0, 1, MPI.INT));
    win.put(send, 1, MPI.INT, MPI.PROC_NULL, 0, 1, MPI.INT);
    Op mine = new Op(new Adder(), true);
    refused(
        MPI.ERR_OP,
        "MPI_Accumulate",
        "predefined",
        () -> win.accumulate(send, 1, MPI.INT, next, 0, 1, MPI.INT, mine));
    win.fence(MPI.MODE_NOSUCCEED);
    assertEquals(100 * rank, memory.get(0));
    refused(MPI.ERR_LOCKTYPE, "MPI_Win_lock", "lockType", () -> win.lock(99, 0, 0));
    refused(MPI.ERR_RANK, "MPI_Win_lock", "-7", () -> win.lock(MPI.LOCK_SHARED, -7, 0));
    refused(MPI.ERR_RANK, "MPI_Win_unlock", "" + size, () -> win.unlock(size));
    refused(MPI.ERR_RANK, "MPI_Win_flush", "" + size, () -> win.flush(size));
    win.free();
    refused(MPI.ERR_WIN, "MPI_Win_free", "freed", win::free);
    refused(MPI.ERR_WIN, "MPI_Win_fence", "freed", () -> win.fence(0));
    refused(MPI.ERR_WIN, "MPI_Put", "freed", () -> win.put(send, 1, MPI.INT, next, 0, 1, MPI.INT));
  }

  /** Never called: windows refuse it. */
  private static final class Adder extends UserFunction {
    @Override
    public void call(ByteBuffer in, ByteBuffer inOut, int count, Datatype type) {
      IntBuffer to = inOut.order(ByteOrder.nativeOrder()).asIntBuffer();
      to.put(0, to.get(0) + in.order(ByteOrder.nativeOrder()).asIntBuffer().get(0));
    }
  }
}
