package io.weft.mpi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;

/** Every collective, blocking and not, against one formula: element i of what a makes for b. */
final class CollectiveChecks extends Checks {
  private static final Datatype L = Datatype.LONG;
  private static final int N = 3;

  private final Request request;

  /** What {@link #fill} fills: native memory, or some on the heap. */
  private MemorySegment from = send;

  private MemorySegment to = recv;

  CollectiveChecks(Mpi mpi, Comm comm) {
    super(mpi, comm);
    this.request = comm.newRequest();
  }

  private static long made(int a, int b, int i) {
    return 10_000L * a + 100L * b + i;
  }

  /** Blocks for each rank; what is received becomes -1. */
  private void fill() {
    for (int b = 0; b < size; b++) {
      for (int i = 0; i < N; i++) {
        from.setAtIndex(JAVA_LONG, N * b + i, made(rank, b, i));
      }
    }
    for (int i = 0; i < 256; i++) {
      to.setAtIndex(JAVA_LONG, i, -1);
    }
  }

  private void finish(boolean blocking) {
    if (!blocking) {
      request.await(null);
    }
    assertEquals(-1, got(255));
  }

  /** Nothing behind the blocks of all ranks is touched. */
  private void finishEqual(boolean blocking) {
    finish(blocking);
    assertEquals(-1, got(N * size));
  }

  private long got(int i) {
    return to.getAtIndex(JAVA_LONG, i);
  }

  /** What all ranks together make for b. */
  private long sum(int ranks, int b, int i) {
    long sum = 0;
    for (int a = 0; a < ranks; a++) {
      sum += made(a, b, i);
    }
    return sum;
  }

  void blocking() {
    equalBlocks(true, send, recv);
  }

  /** The same arrays at other offsets too, and of which the first element is not the segment's. */
  void blockingOnTheHeap() {
    try {
      for (int before : new int[] {0, 5}) {
        from = MemorySegment.ofArray(new long[300]).asSlice(8L * before);
        to = MemorySegment.ofArray(new long[300]).asSlice(8L * before);
        equalBlocks(true, from, to);
      }
    } finally {
      from = send;
      to = recv;
    }
  }

  void nonBlocking() {
    comm.ibarrier(request);
    request.await(null);
    equalBlocks(false, send, recv);
  }

  private void equalBlocks(boolean now, MemorySegment s, MemorySegment r) {
    for (int root = 0; root < size; root++) {
      fill();
      if (now) {
        comm.gather(s, 0, r, 0, N, L, root);
      } else {
        comm.igather(s, 0, r, 0, N, L, root, request);
      }
      finishEqual(now);
      for (int k = 0; k < N * size; k++) {
        assertEquals(rank == root ? made(k / N, 0, k % N) : -1, got(k));
      }
      fill();
      if (now) {
        comm.scatter(s, 0, r, 0, N, L, root);
      } else {
        comm.iscatter(s, 0, r, 0, N, L, root, request);
      }
      finishEqual(now);
      for (int i = 0; i < N; i++) {
        assertEquals(made(root, rank, i), got(i));
      }
      fill();
      if (now) {
        comm.bcast(s, 0, N, L, root);
      } else {
        comm.ibcast(s, 0, N, L, root, request);
      }
      finishEqual(now);
      for (int i = 0; i < N; i++) {
        assertEquals(made(root, 0, i), s.getAtIndex(JAVA_LONG, i));
      }
      fill();
      if (now) {
        comm.reduce(s, 0, r, 0, N, L, Op.SUM, root);
      } else {
        comm.ireduce(s, 0, r, 0, N, L, Op.SUM, root, request);
      }
      finishEqual(now);
      for (int i = 0; i < N; i++) {
        assertEquals(rank == root ? sum(size, 0, i) : -1, got(i));
      }
    }
    fill();
    if (now) {
      comm.allgather(s, 0, r, 0, N, L);
    } else {
      comm.iallgather(s, 0, r, 0, N, L, request);
    }
    finishEqual(now);
    for (int k = 0; k < N * size; k++) {
      assertEquals(made(k / N, 0, k % N), got(k));
    }
    fill();
    if (now) {
      comm.alltoall(s, 0, r, 0, N, L);
    } else {
      comm.ialltoall(s, 0, r, 0, N, L, request);
    }
    finishEqual(now);
    for (int k = 0; k < N * size; k++) {
      assertEquals(made(k / N, rank, k % N), got(k));
    }
    fill();
    if (now) {
      comm.allreduce(s, 0, r, 0, N, L, Op.SUM);
    } else {
      comm.iallreduce(s, 0, r, 0, N, L, Op.SUM, request);
    }
    finishEqual(now);
    for (int i = 0; i < N; i++) {
      assertEquals(sum(size, 0, i), got(i));
    }
    fill();
    if (now) {
      comm.reduceScatterBlock(s, 0, r, 0, N, L, Op.SUM);
    } else {
      comm.ireduceScatterBlock(s, 0, r, 0, N, L, Op.SUM, request);
    }
    finishEqual(now);
    for (int i = 0; i < N; i++) {
      assertEquals(sum(size, rank, i), got(i));
    }
    fill();
    if (now) {
      comm.scan(s, 0, r, 0, N, L, Op.SUM);
    } else {
      comm.iscan(s, 0, r, 0, N, L, Op.SUM, request);
    }
    finishEqual(now);
    for (int i = 0; i < N; i++) {
      assertEquals(sum(rank + 1, 0, i), got(i));
    }
    fill();
    if (now) {
      comm.exscan(s, 0, r, 0, N, L, Op.SUM);
    } else {
      comm.iexscan(s, 0, r, 0, N, L, Op.SUM, request);
    }
    finishEqual(now);
    for (int i = 0; i < N; i++) {
      assertEquals(rank > 0 ? sum(rank, 0, i) : -1, got(i));
    }
  }

  void inPlace() {
    for (int root = 0; root < size; root++) {
      fill();
      comm.reduce(send, 0, rank == root ? send : recv, 0, N, L, Op.SUM, root);
      assertEquals(
          rank == root ? sum(size, 0, 1) : made(rank, 0, 1), send.getAtIndex(JAVA_LONG, 1));
    }
    fill();
    comm.allreduce(send, 0, send, 0, N, L, Op.MAX);
    assertEquals(made(size - 1, 0, 2), send.getAtIndex(JAVA_LONG, 2));
    fill();
    comm.scan(send, 0, send, 0, N, L, Op.SUM);
    assertEquals(sum(rank + 1, 0, 2), send.getAtIndex(JAVA_LONG, 2));
    fill();
    comm.exscan(send, 0, send, 0, N, L, Op.SUM);
    // Rank 0's is not touched, says the standard, and not read.
    assertEquals(rank == 0 ? made(0, 0, 2) : sum(rank, 0, 2), send.getAtIndex(JAVA_LONG, 2));
    fill();
    comm.iallreduce(send, 0, send, 0, N, L, Op.MAX, request);
    request.await(null);
    assertEquals(made(size - 1, 0, 2), send.getAtIndex(JAVA_LONG, 2));
    fill();
    comm.iscan(send, 0, send, 0, N, L, Op.SUM, request);
    request.await(null);
    assertEquals(sum(rank + 1, 0, 2), send.getAtIndex(JAVA_LONG, 2));
    fill();
    comm.iexscan(send, 0, send, 0, N, L, Op.SUM, request);
    request.await(null);
    assertEquals(rank == 0 ? made(0, 0, 2) : sum(rank, 0, 2), send.getAtIndex(JAVA_LONG, 2));
    fill();
    assertThrows(
        IllegalArgumentException.class,
        () -> comm.ireduce(send, 0, send, 0, N, L, Op.SUM, rank, request));
  }

  void unequalBlocks() {
    unequal(true);
    typed(true);
  }

  void unequalBlocksNonBlocking() {
    unequal(false);
    typed(false);
  }

  /** Rank a's block has a + 1 elements and starts at place 8 a. */
  private void unequal(boolean now) {
    BlockLayout layout = comm.newBlockLayout();
    for (int each = 0; each < size; each++) {
      layout.set(each, 8L * each, each + 1);
    }
    for (int root = 0; root < size; root++) {
      fill();
      if (now) {
        comm.gatherv(send, 0, rank + 1, recv, 0, layout, L, root);
      } else {
        comm.igatherv(send, 0, rank + 1, recv, 0, layout, L, root, request);
      }
      finish(now);
      for (int k = 0; k < 8 * size; k++) {
        boolean here = rank == root && k % 8 <= k / 8;
        // The formula's blocks have N elements.
        assertEquals(here ? made(k / 8, k % 8 / N, k % 8 % N) : -1, got(k));
      }
      fill();
      for (int k = 0; k < 8 * size; k++) {
        send.setAtIndex(JAVA_LONG, k, made(rank, k / 8, k % 8));
      }
      if (now) {
        comm.scatterv(send, 0, layout, recv, 0, rank + 1, L, root);
      } else {
        comm.iscatterv(send, 0, layout, recv, 0, rank + 1, L, root, request);
      }
      finish(now);
      for (int i = 0; i < 8; i++) {
        assertEquals(i <= rank ? made(root, rank, i) : -1, got(i));
      }
    }
    fill();
    if (now) {
      comm.allgatherv(send, 0, recv, 0, layout, L);
    } else {
      comm.iallgatherv(send, 0, rank + 1, recv, 0, layout, L, request);
    }
    finish(now);
    for (int k = 0; k < 8 * size; k++) {
      assertEquals(k % 8 <= k / 8 ? made(k / 8, k % 8 / N, k % 8 % N) : -1, got(k));
    }
    BlockLayout equal = comm.newBlockLayout();
    BlockLayout mine = comm.newBlockLayout();
    for (int each = 0; each < size; each++) {
      // a sends b + 1 elements to b; b gets rank + 1 of each.
      equal.set(each, (long) N * each, Math.min(N, each + 1));
      mine.set(each, 8L * each, Math.min(N, rank + 1));
    }
    fill();
    if (now) {
      comm.alltoallv(send, 0, equal, recv, 0, mine, L);
    } else {
      comm.ialltoallv(send, 0, equal, recv, 0, mine, L, request);
    }
    finish(now);
    for (int k = 0; k < 8 * size; k++) {
      boolean there = k % 8 < Math.min(N, rank + 1);
      assertEquals(there ? made(k / 8, rank, k % 8) : -1, got(k));
    }
    BlockLayout counts = comm.newBlockLayout();
    int before = 0;
    for (int each = 0; each < size; each++) {
      counts.set(each, 0, each % 2 + 1);
      before += each < rank ? each % 2 + 1 : 0;
    }
    fill();
    if (now) {
      comm.reduceScatter(send, 0, recv, 0, counts, L, Op.SUM);
    } else {
      comm.ireduceScatter(send, 0, recv, 0, counts, L, Op.SUM, request);
    }
    finish(now);
    for (int i = 0; i < rank % 2 + 1; i++) {
      assertEquals(sum(size, (before + i) / N, (before + i) % N), got(i));
    }
    assertEquals(-1, got(rank % 2 + 1));
  }

  /** To even ranks a long, to odd ones two ints. */
  private void typed(boolean now) {
    TypedBlockLayout out = comm.newTypedBlockLayout(size);
    TypedBlockLayout in = comm.newTypedBlockLayout(size);
    Datatype mine = rank % 2 == 0 ? L : Datatype.INT;
    for (int each = 0; each < size; each++) {
      out.set(each, 8L * N * each, each % 2 == 0 ? 1 : 2, each % 2 == 0 ? L : Datatype.INT);
      in.set(each, 16L * each, rank % 2 == 0 ? 1 : 2, mine);
    }
    fill();
    if (now) {
      comm.alltoallw(send, 0, out, recv, 0, in);
    } else {
      comm.ialltoallw(send, 0, out, recv, 0, in, request);
    }
    finish(now);
    for (int each = 0; each < size; each++) {
      assertEquals(made(each, rank, 0), got(2 * each));
      assertEquals(-1, got(2 * each + 1));
    }
    in.set(size - 1, recv.byteSize() - 7, 2, Datatype.INT);
    assertThrows(IndexOutOfBoundsException.class, () -> comm.alltoallw(send, 0, out, recv, 0, in));
  }

  void heapInCollectives() {
    int[] a = new int[size];
    int[] b = new int[size];
    for (int i = 0; i < size; i++) {
      a[i] = 10 * rank + i;
    }
    MemorySegment from = MemorySegment.ofArray(a);
    MemorySegment to = MemorySegment.ofArray(b);
    comm.alltoall(from, 0, to, 0, 1, Datatype.INT);
    for (int i = 0; i < size; i++) {
      assertEquals(10 * i + rank, b[i]);
    }
    comm.allreduce(from, 0, from, 0, size, Datatype.INT, Op.SUM);
    assertEquals(5 * size * (size - 1), a[0]);
    BlockLayout layout = comm.newBlockLayout();
    for (int each = 0; each < size; each++) {
      layout.set(each, size - 1 - each, 1);
    }
    b[0] = rank;
    comm.allgatherv(to, 0, 1, to, 0, layout, Datatype.INT);
    for (int i = 0; i < size; i++) {
      assertEquals(size - 1 - i, b[i]);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> comm.iallreduce(from, 0, to, 0, 1, Datatype.INT, Op.SUM, request));
    send.set(JAVA_INT, 0, 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> comm.allgatherv(send, 0, 1, recv, 0, comm.newBlockLayout(size + 1), Datatype.INT));
  }
}
