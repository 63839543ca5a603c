package io.weft.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.testing.MpiBuild;
import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankFixture;
import io.weft.testing.RankTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicReference;

/** What libmpi does through {@link Comm}; expected values by formula, on both MPIs. */
@MultiRank(variantProvider = MpiBuild.All.class, sampled = "build")
class CommTest implements RankFixture {
  private static final int ELEMENTS = 1000;

  private Mpi mpi;
  private Comm comm;
  private int rank;
  private int size;
  private MemorySegment send;
  private MemorySegment recv;

  @Override
  public void open(RankContext context) {
    mpi = Mpi.initialize(ThreadLevel.FUNNELED);
    comm = mpi.world().dup();
    rank = comm.rank();
    size = comm.size();
    assertEquals(context.size(), size);
    assertEquals(context.rank(), rank);
    assertEquals(context.mpi(), mpi.vendor());
    send = mpi.allocate(1 << 20);
    recv = mpi.allocate(1 << 20);
  }

  @Override
  public void close() {
    comm.close();
    comm.close();
    mpi.close();
    mpi.close();
    assertThrows(IllegalStateException.class, comm::barrier);
    assertThrows(IllegalStateException.class, mpi::world);
  }

  @RankTest
  void aboutTheLibrary() {
    assertTrue(mpi.libraryVersion().contains("MPI"), mpi.libraryVersion());
    assertTrue(mpi.standardVersion().matches("[345]\\.\\d"), mpi.standardVersion());
    assertTrue(mpi.libraryPath().matches("/.*/libmpi(ch|_abi)?\\.so.*"), mpi.libraryPath());
    assertFalse(mpi.processorName().isBlank());
    assertTrue(mpi.threadLevel().compareTo(ThreadLevel.FUNNELED) >= 0);
    IllegalStateException again =
        assertThrows(IllegalStateException.class, () -> Mpi.initialize(ThreadLevel.FUNNELED));
    assertTrue(again.getMessage().contains("once per process"));
  }

  @RankTest
  void ringOfBlockingMessages() {
    int next = (rank + 1) % size;
    int previous = (rank + size - 1) % size;
    Status status = new Status();
    for (int i = 0; i < ELEMENTS; i++) {
      send.setAtIndex(ValueLayout.JAVA_LONG, i, 1_000_000L * rank + i);
    }
    if (size == 1) {
      comm.sendrecv(send, 0, ELEMENTS, 0, recv, 0, ELEMENTS, 0, Datatype.LONG, 7);
    } else if (rank % 2 == 0) {
      comm.send(send, 0, ELEMENTS, Datatype.LONG, next, 7);
      comm.recv(recv, 0, ELEMENTS, Datatype.LONG, previous, 7, status);
    } else {
      comm.recv(recv, 0, ELEMENTS, Datatype.LONG, previous, 7, status);
      comm.send(send, 0, ELEMENTS, Datatype.LONG, next, 7);
    }
    for (int i = 0; i < ELEMENTS; i++) {
      assertEquals(1_000_000L * previous + i, recv.getAtIndex(ValueLayout.JAVA_LONG, i));
    }
    if (size > 1) {
      assertEquals(previous, status.source());
      assertEquals(7, status.tag());
      assertEquals(ELEMENTS * 8L, status.lengthBytes());
    }
  }

  @RankTest
  void nonBlockingFromAnySourceWithAnyTag() {
    Request[] receives = new Request[size];
    Status status = new Status();
    for (int i = 0; i < size; i++) {
      receives[i] = comm.newRequest();
      assertFalse(receives[i].isActive());
      assertTrue(receives[i].test(null));
      comm.irecv(recv, i * 16L, 4, Datatype.INT, comm.anySource(), comm.anyTag(), receives[i]);
      assertTrue(receives[i].isActive());
      Request active = receives[i];
      assertThrows(
          IllegalStateException.class, () -> comm.irecv(recv, 0, 4, Datatype.INT, 0, 0, active));
    }
    Request[] sends = new Request[size];
    for (int peer = 0; peer < size; peer++) {
      sends[peer] = comm.newRequest();
      send.set(ValueLayout.JAVA_INT, peer * 4L, 100 * rank + peer);
      comm.isend(send, peer * 4L, 1, Datatype.INT, peer, 10 + rank, sends[peer]);
    }
    boolean[] seen = new boolean[size];
    for (int i = 0; i < size; i++) {
      if (i % 2 == 0) {
        receives[i].await(status);
      } else {
        while (!receives[i].test(status)) {
          Thread.onSpinWait();
        }
      }
      assertFalse(receives[i].isActive());
      assertEquals(4, status.lengthBytes());
      assertEquals(10 + status.source(), status.tag());
      assertEquals(100 * status.source() + rank, recv.get(ValueLayout.JAVA_INT, i * 16L));
      assertFalse(seen[status.source()]);
      seen[status.source()] = true;
    }
    for (Request request : sends) {
      request.await(null);
    }
  }

  @RankTest
  void broadcastFromEveryRoot() {
    for (int root = 0; root < size; root++) {
      send.setAtIndex(ValueLayout.JAVA_DOUBLE, 0, rank == root ? 1.5 * root + 1 : -1);
      comm.bcast(send, 0, 1, Datatype.DOUBLE, root);
      assertEquals(1.5 * root + 1, send.getAtIndex(ValueLayout.JAVA_DOUBLE, 0));
    }
  }

  @RankTest
  void reductionsOfEveryTypeAndOperation() {
    long sum = (long) size * (size + 1) / 2;
    long product = 1;
    for (int i = 1; i <= size; i++) {
      product *= i;
    }
    long[] expected = {sum, product, 1, size};
    Op[] ops = {Op.SUM, Op.PROD, Op.MIN, Op.MAX};
    Datatype[] types = {Datatype.INT, Datatype.LONG, Datatype.FLOAT, Datatype.DOUBLE};
    for (Datatype type : types) {
      for (int op = 0; op < ops.length; op++) {
        put(type, rank + 1);
        comm.allreduce(send, 0, recv, 8, 1, type, ops[op]);
        assertEquals(expected[op], get(recv, 8, type), type + " " + ops[op]);
        comm.allreduce(send, 0, send, 0, 1, type, ops[op]);
        assertEquals(expected[op], get(send, 0, type), type + " in place " + ops[op]);
        put(type, rank + 1);
        int root = size - 1;
        comm.reduce(send, 0, rank == root ? recv : null, 0, 1, type, ops[op], root);
        if (rank == root) {
          assertEquals(expected[op], get(recv, 0, type), type + " at root " + ops[op]);
        }
      }
    }
  }

  @RankTest
  void reductionInPlaceAtEveryRoot() {
    for (int count : new int[] {1, ELEMENTS, 10 * ELEMENTS}) {
      for (int root = 0; root < size; root++) {
        for (int i = 0; i < count; i++) {
          send.setAtIndex(ValueLayout.JAVA_DOUBLE, i, rank + 1 + i);
        }
        comm.reduce(send, 0, send, 0, count, Datatype.DOUBLE, Op.SUM, root);
        if (rank == root) {
          double last = size * (size + 1) / 2.0 + size * (count - 1.0);
          assertEquals(last, send.getAtIndex(ValueLayout.JAVA_DOUBLE, count - 1));
        }
      }
    }
  }

  @RankTest
  void allgatherAndAlltoall() {
    for (int peer = 0; peer < size; peer++) {
      send.setAtIndex(ValueLayout.JAVA_INT, peer, 10 * rank + peer);
    }
    comm.allgather(send, 4L * rank, recv, 64, 1, Datatype.INT);
    for (int peer = 0; peer < size; peer++) {
      assertEquals(11 * peer, recv.get(ValueLayout.JAVA_INT, 64 + 4L * peer));
    }
    comm.alltoall(send, 0, recv, 0, 1, Datatype.INT);
    for (int peer = 0; peer < size; peer++) {
      assertEquals(10 * peer + rank, recv.getAtIndex(ValueLayout.JAVA_INT, peer));
    }
    comm.barrier();
  }

  @RankTest
  void errorsCarryFunctionClassAndText() {
    MpiException wrongRank =
        assertThrows(MpiException.class, () -> comm.send(send, 0, 1, Datatype.BYTE, size + 5, 0));
    assertEquals("MPI_Send", wrongRank.function());
    assertEquals("MPI_ERR_RANK", wrongRank.errorClass());
    assertTrue(wrongRank.getMessage().toLowerCase().contains("invalid rank"));
    // Sent before the receive is posted: the other way round, and to itself, Open MPI 4.1 cuts the
    // message off and says nothing, from C as well.
    Request tooLong = comm.newRequest();
    comm.isend(send, 0, 8, Datatype.BYTE, rank, 3, tooLong);
    Request receive = comm.newRequest();
    comm.irecv(recv, 0, 4, Datatype.BYTE, rank, 3, receive);
    MpiException truncated = assertThrows(MpiException.class, () -> receive.await(new Status()));
    assertEquals("MPI_ERR_TRUNCATE", truncated.errorClass());
    assertFalse(receive.isActive());
    tooLong.await(null);
  }

  @RankTest
  void whatIsWrongIsRefusedBeforeAnythingIsSent() {
    MemorySegment heap = MemorySegment.ofArray(new byte[8]);
    IllegalArgumentException onHeap =
        assertThrows(
            IllegalArgumentException.class,
            () -> comm.isend(heap, 0, 8, Datatype.BYTE, 0, 0, comm.newRequest()));
    assertTrue(onHeap.getMessage().contains("Mpi.allocate"), onHeap.getMessage());
    IndexOutOfBoundsException huge =
        assertThrows(
            IndexOutOfBoundsException.class,
            () -> comm.send(send, 0, 3_000_000_000L, Datatype.BYTE, 0, 0));
    assertEquals(
        "3000000000 of MPI_BYTE at offset 0 do not lie in a buffer of 1048576 bytes",
        huge.getMessage());
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> comm.send(send, 0, Long.MAX_VALUE / 2, Datatype.DOUBLE, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> comm.bcast(send, 0, -1, Datatype.BYTE, 0));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> comm.send(send, send.byteSize() - 7, 1, Datatype.DOUBLE, 0, 0));
    assertThrows(
        IndexOutOfBoundsException.class, () -> comm.send(send, -1, 1, Datatype.BYTE, 0, 0));
    MemorySegment gone;
    try (Arena arena = Arena.ofConfined()) {
      gone = arena.allocate(8);
    }
    assertThrows(IllegalStateException.class, () -> comm.send(gone, 0, 8, Datatype.BYTE, 0, 0));
    Comm other = mpi.world().dup();
    Request foreign = other.newRequest();
    assertThrows(
        IllegalArgumentException.class, () -> comm.isend(send, 0, 1, Datatype.BYTE, 0, 0, foreign));
    other.close();
    assertThrows(IllegalStateException.class, other::barrier);
  }

  @RankTest
  void belowSerializedOnlyItsThreadMayCall() throws InterruptedException {
    if (mpi.threadLevel().compareTo(ThreadLevel.FUNNELED) > 0) {
      return; // The library gave more than was asked for: then any thread may.
    }
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread other = new Thread(comm::barrier);
    other.setUncaughtExceptionHandler((thread, throwable) -> thrown.set(throwable));
    other.start();
    other.join();
    assertInstanceOf(WrongThreadException.class, thrown.get());
  }

  @RankTest
  void compiledNullChecksSurviveTheLibrary() {
    int nulls = 0;
    for (int i = 0; i < 200_000; i++) {
      nulls += length("x") < 0 ? 1 : 0;
    }
    for (int i = 0; i < 1000; i++) {
      nulls += length(null) < 0 ? 1 : 0;
    }
    assertEquals(1000, nulls);
  }

  private static int length(String text) {
    try {
      return text.length();
    } catch (NullPointerException expected) {
      return -1;
    }
  }

  private void put(Datatype type, int value) {
    if (type == Datatype.INT) {
      send.set(ValueLayout.JAVA_INT, 0, value);
    } else if (type == Datatype.LONG) {
      send.set(ValueLayout.JAVA_LONG, 0, value);
    } else if (type == Datatype.FLOAT) {
      send.set(ValueLayout.JAVA_FLOAT, 0, value);
    } else {
      send.set(ValueLayout.JAVA_DOUBLE, 0, value);
    }
  }

  private static long get(MemorySegment from, long offset, Datatype type) {
    if (type == Datatype.INT) {
      return from.get(ValueLayout.JAVA_INT, offset);
    }
    if (type == Datatype.LONG) {
      return from.get(ValueLayout.JAVA_LONG, offset);
    }
    return type == Datatype.FLOAT
        ? (long) from.get(ValueLayout.JAVA_FLOAT, offset)
        : (long) from.get(ValueLayout.JAVA_DOUBLE, offset);
  }
}
