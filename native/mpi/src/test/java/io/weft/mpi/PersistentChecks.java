package io.weft.mpi;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;

/** Operations that are made once and started often, or that are the program's own. */
final class PersistentChecks extends Checks {
  private static final Datatype I = Datatype.INT;

  private final BlockLayout blocks;
  private final TypedBlockLayout typed;

  /** Whether elements of all ranks are added up, so that rounds differ by as much. */
  private boolean sums;

  PersistentChecks(Mpi mpi, Comm comm) {
    super(mpi, comm);
    blocks = comm.newBlockLayout();
    typed = comm.newTypedBlockLayout(size);
    for (int each = 0; each < size; each++) {
      blocks.set(each, 2L * each, 1);
      typed.set(each, 8L * each, 1, I);
    }
  }

  /** What rank {@code of} sends in element {@code i} of a round. */
  private static int value(int round, int of, int i) {
    return 10_000 * round + 100 * of + i;
  }

  /** Makes it, starts it three times, and compares the first elements of what is received. */
  private void rounds(
      String name, Supplier<PersistentRequest> made, int count, IntUnaryOperator expected) {
    PersistentRequest[] request = new PersistentRequest[1];
    needs(() -> request[0] = made.get());
    try (PersistentRequest persistent = request[0]) {
      assertFalse(persistent.isActive(), name);
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 4 * size; i++) {
          send.setAtIndex(JAVA_INT, i, value(round, rank, i));
          recv.setAtIndex(JAVA_INT, i, -1);
        }
        persistent.start();
        assertThrows(IllegalStateException.class, persistent::start, name);
        assertThrows(IllegalStateException.class, persistent::close, name);
        persistent.await(null);
        for (int i = 0; i < count; i++) {
          // Rounds differ by a constant in each element that is received.
          int difference = 10_000 * round * (sums ? size : 1);
          int want = expected.applyAsInt(i);
          assertEquals(
              want < 0 ? -1 : want + difference,
              recv.getAtIndex(JAVA_INT, i),
              name + " round " + round + " element " + i);
        }
        // Nobody writes into a buffer that another still compares.
        comm.barrier();
      }
    }
  }

  private void notMpich4() {
    Assumptions.assumeFalse(
        mpi.libraryVersion().contains("MPICH Version: 4.0"),
        "MPICH 4.0 copies a rank's own block of these when they are made, not when they start");
  }

  void collectives() {
    notMpich4();
    sums = false;
    rounds("barrier", () -> comm.barrierInit(null), 0, i -> 0);
    rounds(
        "allgather",
        () -> comm.allgatherInit(send, 0, recv, 0, 2, I, null),
        2 * size,
        i -> value(0, i / 2, i % 2));
    rounds(
        "alltoall",
        () -> comm.alltoallInit(send, 0, recv, 0, 2, I, null),
        2 * size,
        i -> value(0, i / 2, 2 * rank + i % 2));
  }

  /** Apart from the others, because one library has them wrong. */
  void gathers() {
    notMpich4();
    sums = false;
    int root = size - 1;
    rounds(
        "gather",
        () -> comm.gatherInit(send, 0, recv, 0, 2, I, root, null),
        rank == root ? 2 * size : 1,
        i -> rank == root ? value(0, i / 2, i % 2) : -1);
  }

  /** Apart from the others, because one library has them wrong. */
  void scatters() {
    notMpich4();
    sums = false;
    int root = size - 1;
    rounds(
        "scatter",
        () -> comm.scatterInit(send, 0, recv, 0, 2, I, root, null),
        3,
        i -> i < 2 ? value(0, root, 2 * rank + i) : -1);
  }

  /** Apart from the others: it sends and receives in one buffer. */
  void broadcasts() {
    PersistentRequest[] made = new PersistentRequest[1];
    needs(() -> made[0] = comm.bcastInit(send, 0, 3, I, 0, null));
    try (PersistentRequest persistent = made[0]) {
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 3; i++) {
          send.setAtIndex(JAVA_INT, i, rank == 0 ? value(round, 0, i) : -1);
        }
        persistent.start();
        while (!persistent.test(null)) {
          Thread.onSpinWait();
        }
        for (int i = 0; i < 3; i++) {
          assertEquals(value(round, 0, i), send.getAtIndex(JAVA_INT, i));
        }
      }
    }
  }

  private int sum(int upTo, int i) {
    int result = 0;
    for (int each = 0; each < upTo; each++) {
      result += value(0, each, i);
    }
    return result;
  }

  void reductions() {
    sums = true;
    Op op = Op.SUM;
    rounds(
        "reduce",
        () -> comm.reduceInit(send, 0, recv, 0, 2, I, op, 0, null),
        1,
        i -> rank == 0 ? sum(size, i) : -1);
    rounds(
        "allreduce",
        () -> comm.allreduceInit(send, 0, recv, 0, 2, I, op, null),
        2,
        i -> sum(size, i));
    rounds(
        "reduceScatterBlock",
        () -> comm.reduceScatterBlockInit(send, 0, recv, 0, 2, I, op, null),
        2,
        i -> sum(size, 2 * rank + i));
    BlockLayout one = comm.newBlockLayout();
    for (int each = 0; each < size; each++) {
      one.set(each, each, 1);
    }
    rounds(
        "reduceScatter",
        () -> comm.reduceScatterInit(send, 0, recv, 0, one, I, op, null),
        1,
        i -> sum(size, rank + i));
    PersistentRequest[] made = new PersistentRequest[2];
    needs(() -> made[0] = comm.scanInit(send, 0, recv, 0, 1, I, op, null));
    needs(() -> made[1] = comm.exscanInit(send, 0, recv, 64, 1, I, op, null));
    try (PersistentRequest scan = made[0];
        PersistentRequest exscan = made[1]) {
      RequestSet both = comm.newRequestSet(List.of(scan, exscan));
      for (int round = 0; round < 3; round++) {
        send.setAtIndex(JAVA_INT, 0, rank + 1 + round);
        recv.set(JAVA_INT, 64, -1);
        both.startAll();
        both.awaitAll();
        int before = rank * (rank + 1) / 2 + rank * round;
        assertEquals(before + rank + 1 + round, recv.get(JAVA_INT, 0));
        assertEquals(rank == 0 ? -1 : before, recv.get(JAVA_INT, 64));
      }
    }
    exceptionsOfOperations();
  }

  private void exceptionsOfOperations() {
    IllegalStateException thrown = new IllegalStateException("of the operation");
    boolean[] called = new boolean[1];
    UserOp op =
        mpi.createOp(
            (in, inOut, count, type) -> {
              called[0] = true;
              throw thrown;
            },
            true);
    try (op;
        PersistentRequest persistent = comm.allreduceInit(send, 0, recv, 0, 1, I, op, null)) {
      for (int round = 0; round < 2; round++) {
        called[0] = false;
        persistent.start();
        Throwable told = null;
        try {
          persistent.await(null);
        } catch (IllegalStateException of) {
          told = of;
        }
        assertSame(called[0] ? thrown : null, told);
        assertFalse(persistent.isActive());
      }
    }
  }

  void unequalBlocks() {
    sums = false;
    int root = 0;
    rounds(
        "gatherv",
        () -> comm.gathervInit(send, 0, 1, recv, 0, blocks, I, root, null),
        rank == root ? 2 * size : 1,
        i -> rank == root && i % 2 == 0 ? value(0, i / 2, 0) : -1);
    rounds(
        "scatterv",
        () -> comm.scattervInit(send, 0, blocks, recv, 0, 1, I, root, null),
        2,
        i -> i == 0 ? value(0, root, 2 * rank) : -1);
    rounds(
        "allgatherv",
        () -> comm.allgathervInit(send, 0, 1, recv, 0, blocks, I, null),
        2 * size,
        i -> i % 2 == 0 ? value(0, i / 2, 0) : -1);
    rounds(
        "alltoallv",
        () -> comm.alltoallvInit(send, 0, blocks, recv, 0, blocks, I, null),
        2 * size,
        i -> i % 2 == 0 ? value(0, i / 2, 2 * rank) : -1);
    rounds(
        "alltoallw",
        () -> comm.alltoallwInit(send, 0, typed, recv, 0, typed, null),
        2 * size,
        i -> i % 2 == 0 ? value(0, i / 2, 2 * rank) : -1);
  }

  /** All ranks are neighbours of all: what collectives do, these do. */
  void neighbors() {
    sums = false;
    int[] all = new int[size];
    for (int each = 0; each < size; each++) {
      all[each] = each;
    }
    try (Comm graph = comm.createDistGraphAdjacent(all, null, all, null, null, false)) {
      rounds(
          "neighborAllgather",
          () -> graph.neighborAllgatherInit(send, 0, recv, 0, 2, I, null),
          2 * size,
          i -> value(0, i / 2, i % 2));
      rounds(
          "neighborAllgatherv",
          () -> graph.neighborAllgathervInit(send, 0, 1, recv, 0, blocks, I, null),
          2 * size,
          i -> i % 2 == 0 ? value(0, i / 2, 0) : -1);
      rounds(
          "neighborAlltoall",
          () -> graph.neighborAlltoallInit(send, 0, recv, 0, 2, I, null),
          2 * size,
          i -> value(0, i / 2, 2 * rank + i % 2));
      rounds(
          "neighborAlltoallv",
          () -> graph.neighborAlltoallvInit(send, 0, blocks, recv, 0, blocks, I, null),
          2 * size,
          i -> i % 2 == 0 ? value(0, i / 2, 2 * rank) : -1);
      rounds(
          "neighborAlltoallw",
          () -> graph.neighborAlltoallwInit(send, 0, typed, recv, 0, typed, null),
          2 * size,
          i -> i % 2 == 0 ? value(0, i / 2, 2 * rank) : -1);
    }
  }

  void partitions() {
    Assumptions.assumeTrue(size > 1, "a message in partitions needs a receiver");
    PartitionedRequest[] made = new PartitionedRequest[2];
    needs(() -> made[0] = comm.partitionedSendInit(send, 0, 4, 2, I, next, 3, null));
    made[1] = comm.partitionedRecvInit(recv, 0, 4, 2, I, previous, 3, null);
    try (PartitionedRequest out = made[0];
        PartitionedRequest in = made[1]) {
      assertThrows(IllegalStateException.class, () -> out.ready(0));
      assertTrue(in.isArrived(0));
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 8; i++) {
          send.setAtIndex(JAVA_INT, i, value(round, rank, i));
          recv.setAtIndex(JAVA_INT, i, -1);
        }
        in.start();
        out.start();
        assertThrows(IllegalStateException.class, () -> in.ready(0));
        assertThrows(IllegalStateException.class, () -> out.isArrived(0));
        assertThrows(IndexOutOfBoundsException.class, () -> out.ready(4));
        assertThrows(IndexOutOfBoundsException.class, () -> in.isArrived(-1));
        assertThrows(IllegalArgumentException.class, () -> out.readyRange(2, 1));
        assertThrows(IllegalStateException.class, () -> out.readyList(3, 3));
        out.ready(1);
        assertThrows(IllegalStateException.class, () -> out.ready(1));
        out.readyRange(2, 2);
        out.readyList(3, 0);
        while (!in.isArrived(1)) {
          Thread.onSpinWait();
        }
        out.await(null);
        in.await(null);
        for (int i = 0; i < 8; i++) {
          assertEquals(value(round, previous, i), recv.getAtIndex(JAVA_INT, i));
        }
      }
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> comm.partitionedSendInit(send, 0, 0, 2, I, next, 3, null));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> comm.partitionedSendInit(send, 0, 1 << 20, 2, I, next, 3, null));
  }

  /** What MPI asked of an operation of the test's own. */
  private static final class Own implements GeneralizedOperation {
    private int queries;
    private int frees;
    private int cancels;
    private boolean cancelled;
    private RuntimeException toThrow;

    @Override
    public void query(Status status) {
      queries++;
      status.setSource(2);
      status.setTag(7);
      status.setElements(I, 5);
      status.setCancelled(cancelled);
    }

    @Override
    public void free() {
      frees++;
      if (toThrow != null) {
        throw toThrow;
      }
    }

    @Override
    public void cancel(boolean complete) {
      cancels++;
      cancelled = true;
    }
  }

  void generalized() {
    Own own = new Own();
    GeneralizedRequest request = comm.newGeneralizedRequest(own);
    Status status = new Status();
    assertTrue(request.isActive());
    assertFalse(request.test(status));
    assertEquals(0, own.frees);
    request.complete();
    assertThrows(IllegalStateException.class, request::complete);
    request.await(status);
    assertFalse(request.isActive());
    assertEquals(2, status.source());
    assertEquals(7, status.tag());
    assertEquals(20, status.lengthBytes());
    assertEquals(5, status.count(I));
    assertFalse(status.isCancelled());
    assertTrue(own.queries >= 1);
    assertEquals(1, own.frees);
    // With a message in one set, and given up.
    Own second = new Own();
    GeneralizedRequest other = comm.newGeneralizedRequest(second);
    Request receive = comm.newRequest();
    Request message = comm.newRequest();
    comm.irecv(recv, 0, 1, I, previous, 1, receive);
    comm.isend(send, 0, 1, I, next, 1, message);
    other.cancel();
    assertEquals(1, second.cancels);
    other.complete();
    Status[] statuses = {new Status(), new Status(), null};
    comm.newRequestSet(List.of(other, receive, message)).awaitAll(statuses);
    assertTrue(statuses[0].isCancelled());
    assertEquals(previous, statuses[1].source());
    assertEquals(1, second.frees);
    Own bad = new Own();
    bad.toThrow = new ArithmeticException("of free");
    GeneralizedRequest third = comm.newGeneralizedRequest(bad);
    third.complete();
    assertSame(bad.toThrow, assertThrows(ArithmeticException.class, () -> third.await(null)));
    assertFalse(third.isActive());
    comm.barrier();
  }

  void external() {
    long bytes = mpi.packExternalSize(3, I) + mpi.packExternalSize(1, Datatype.DOUBLE);
    assertEquals(20, bytes);
    for (int i = 0; i < 3; i++) {
      send.setAtIndex(JAVA_INT, i, 0x01020304 + i);
    }
    send.set(JAVA_DOUBLE, 16, 1.5);
    MemorySegment packed = send.asSlice(64, bytes);
    long at = mpi.packExternal(send, 0, 3, I, packed, 0);
    assertEquals(12, at);
    assertEquals(20, mpi.packExternal(send, 16, 1, Datatype.DOUBLE, packed, at));
    // The standard's form, whatever this machine's is.
    assertEquals(
        0x01020305, packed.get(JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN).withByteAlignment(1), 4));
    assertEquals(1.5, packed.get(JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), 12));
    assertEquals(12, mpi.unpackExternal(packed, 0, recv, 0, 3, I));
    assertEquals(20, mpi.unpackExternal(packed, 12, recv, 16, 1, Datatype.DOUBLE));
    assertEquals(0x01020306, recv.getAtIndex(JAVA_INT, 2));
    assertEquals(1.5, recv.get(JAVA_DOUBLE, 16));
    assertThrows(IndexOutOfBoundsException.class, () -> mpi.packExternal(send, 0, 3, I, packed, 9));
    assertThrows(
        IndexOutOfBoundsException.class, () -> mpi.unpackExternal(packed, 9, recv, 0, 3, I));
    assertThrows(
        IndexOutOfBoundsException.class, () -> mpi.packExternal(send, 0, 3, I, packed, -1));
  }

  void clock() {
    double before = mpi.time();
    assertTrue(mpi.tick() > 0 && mpi.tick() < 1);
    assertTrue(mpi.time() >= before);
  }
}
