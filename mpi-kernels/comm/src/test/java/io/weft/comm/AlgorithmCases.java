package io.weft.comm;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/** Every algorithm of every collective, against closed formulas; each rank calls it alike. */
final class AlgorithmCases {
  private static final ReductionValues SUM = new ReductionValues(ElementType.LONG, ReduceOp.SUM);
  private static final ReductionValues PROD = new ReductionValues(ElementType.FLOAT, ReduceOp.PROD);

  private final FabricCommunicator comm;
  private final String algorithm;

  private AlgorithmCases(FabricCommunicator comm, String algorithm) {
    this.comm = comm;
    this.algorithm = algorithm;
  }

  static void check(FabricCommunicator whole) {
    for (Collective collective : Collective.values()) {
      for (Algorithm algorithm : collective.algorithms()) {
        if (collective.allows(algorithm, whole.size())) {
          one(whole, collective, algorithm);
        }
      }
    }
  }

  static void one(FabricCommunicator whole, Collective collective, Algorithm algorithm) {
    // After a failure the others do not come to a close that waits for them.
    FabricCommunicator comm = whole.dupWith(Map.of(collective, algorithm));
    assertEquals(algorithm, comm.algorithm(collective, 0));
    assertEquals(algorithm, comm.algorithm(collective, 1L << 40));
    new AlgorithmCases(comm, collective + " " + algorithm + ": ").run(collective);
    comm.close();
  }

  private void run(Collective collective) {
    int size = comm.size();
    for (int count : new int[] {0, 1, size + 1, 1002, 4099}) {
      switch (collective) {
        case ALLREDUCE -> {
          allreduce(SUM, count, false);
          allreduce(PROD, count, true);
        }
        case REDUCE -> reduce(count);
        case BCAST -> bcast(count);
        case ALLGATHER -> allgather(count);
        case ALLTOALL -> alltoall(count);
        case GATHER -> gather(count);
        case SCATTER -> scatter(count);
        case REDUCE_SCATTER -> reduceScatter(count);
      }
    }
    if (collective == Collective.ALLREDUCE) {
      sameBits(1001);
    }
  }

  private void allreduce(ReductionValues values, int count, boolean inPlace) {
    try (Arena arena = Arena.ofConfined()) {
      long bytes = (long) count * values.type().sizeBytes();
      Region send = Region.of(arena, 3, bytes);
      Region recv = inPlace ? send : Region.of(arena, 5, bytes);
      values.fill(send, comm.rank());
      comm.allreduce(
          send.segment(),
          send.offset(),
          recv.segment(),
          recv.offset(),
          count,
          values.type(),
          values.op());
      String what = algorithm + values + ", " + count + (inPlace ? " in place" : " elements");
      values.checkReduced(recv, comm.size(), what);
      if (!inPlace) {
        values.check(send, comm.rank(), what + ", what was sent");
      }
    }
  }

  /** The first and the last, if there are two. */
  private int[] roots() {
    return comm.size() == 1 ? new int[] {0} : new int[] {0, comm.size() - 1};
  }

  private void reduce(int count) {
    for (int root : roots()) {
      reduce(SUM, count, root, false);
      reduce(PROD, count, root, true);
    }
  }

  private void reduce(ReductionValues values, int count, int root, boolean inPlace) {
    try (Arena arena = Arena.ofConfined()) {
      long bytes = (long) count * values.type().sizeBytes();
      Region send = Region.of(arena, 7, bytes);
      Region recv = inPlace ? send : Region.of(arena, 1, bytes);
      boolean isRoot = comm.rank() == root;
      values.fill(send, comm.rank());
      comm.reduce(
          send.segment(),
          send.offset(),
          isRoot ? recv.segment() : null,
          isRoot ? recv.offset() : 0,
          count,
          values.type(),
          values.op(),
          root);
      String what = algorithm + values + ", " + count + " at root " + root;
      if (isRoot) {
        values.checkReduced(recv, comm.size(), what);
      }
      if (!isRoot || !inPlace) {
        values.check(send, comm.rank(), what + ", what was sent");
      }
    }
  }

  private void bcast(int length) {
    for (int root : roots()) {
      try (Arena arena = Arena.ofConfined()) {
        Region region = Region.of(arena, 9, length);
        if (comm.rank() == root) {
          region.fill(length + root);
        }
        comm.bcast(region.segment(), region.offset(), length, root);
        region.check(length + root, algorithm + length + " bytes of root " + root);
      }
    }
  }

  private void allgather(int length) {
    try (Arena arena = Arena.ofConfined()) {
      Region mine = Region.of(arena, 5, length);
      Region all = Region.of(arena, 11, (long) length * comm.size());
      mine.fill(length + comm.rank());
      comm.allgather(mine.segment(), 5, all.segment(), 11, length);
      checkBlocks(all, length);
      mine.check(length + comm.rank(), algorithm + "what was sent");
    }
  }

  /** Block i is what rank i made of its number. */
  private void checkBlocks(Region all, int length) {
    for (int from = 0; from < comm.size(); from++) {
      long at = all.offset() + (long) from * length;
      String what = algorithm + length + " bytes of rank " + from;
      Bytes.check(all.segment(), at, length, length + from, what);
    }
    all.checkAround(algorithm + "blocks of " + length);
  }

  private void alltoall(int length) {
    int size = comm.size();
    int rank = comm.rank();
    try (Arena arena = Arena.ofConfined()) {
      Region out = Region.of(arena, 3, (long) length * size);
      Region in = Region.of(arena, 1, (long) length * size);
      for (int to = 0; to < size; to++) {
        Bytes.fill(out.segment(), 3 + (long) to * length, length, 100 * rank + to);
      }
      comm.alltoall(out.segment(), 3, in.segment(), 1, length);
      for (int each = 0; each < size; each++) {
        long at = (long) each * length;
        String what = algorithm + length + " bytes, rank " + each;
        Bytes.check(in.segment(), 1 + at, length, 100 * each + rank, what);
        Bytes.check(out.segment(), 3 + at, length, 100 * rank + each, what + ", what was sent");
      }
      in.checkAround(algorithm + "blocks of " + length);
      out.checkAround(algorithm + "what was sent");
    }
  }

  private void gather(int length) {
    for (int root : roots()) {
      try (Arena arena = Arena.ofConfined()) {
        Region mine = Region.of(arena, 5, length);
        Region all = Region.of(arena, 13, (long) length * comm.size());
        mine.fill(length + comm.rank());
        comm.gather(mine.segment(), 5, all.segment(), 13, length, root);
        if (comm.rank() == root) {
          checkBlocks(all, length);
        } else {
          all.checkUntouched(algorithm + "not the root " + root);
        }
      }
    }
  }

  private void scatter(int length) {
    for (int root : roots()) {
      try (Arena arena = Arena.ofConfined()) {
        Region all = Region.of(arena, 3, (long) length * comm.size());
        Region mine = Region.of(arena, 15, length);
        for (int to = 0; to < comm.size(); to++) {
          Bytes.fill(all.segment(), 3 + (long) to * length, length, 100 * root + to);
        }
        comm.scatter(all.segment(), 3, mine.segment(), 15, length, root);
        mine.check(100 * root + comm.rank(), algorithm + length + " of root " + root);
      }
    }
  }

  private void reduceScatter(int count) {
    for (ReductionValues values : new ReductionValues[] {SUM, PROD}) {
      try (Arena arena = Arena.ofConfined()) {
        long bytes = (long) count * values.type().sizeBytes();
        Region send = Region.of(arena, 3, bytes * comm.size());
        Region recv = Region.of(arena, 5, bytes);
        values.fill(send, comm.rank());
        comm.reduceScatter(send.segment(), 3, recv.segment(), 5, count, values.type(), values.op());
        String what = algorithm + values + ", blocks of " + count;
        values.checkReduced(recv, comm.size(), (long) comm.rank() * count, what);
        values.check(send, comm.rank(), what + ", what was sent");
      }
    }
  }

  /** Sums whose bits depend on the order: it must be the same on all ranks. */
  private void sameBits(int count) {
    try (Arena arena = Arena.ofConfined()) {
      long bytes = 8L * count;
      MemorySegment sums = arena.allocate(bytes + 8, 4096);
      MemorySegment all = arena.allocate(bytes * comm.size(), 4096);
      for (int i = 0; i < count; i++) {
        double value = Math.exp((i % 60 - 30) * (comm.rank() + 1) / 2.0) / (3 + i);
        sums.set(JAVA_DOUBLE_UNALIGNED, 1 + 8L * i, i % 2 == 0 ? value : -value);
      }
      comm.allreduce(sums, 1, sums, 1, count, ElementType.DOUBLE, ReduceOp.SUM);
      comm.allgather(sums, 1, all, 0, bytes);
      for (int other = 0; other < comm.size(); other++) {
        long from = other * bytes;
        long differs = MemorySegment.mismatch(sums, 1, 1 + bytes, all, from, from + bytes);
        assertEquals(-1, differs, algorithm + "bits of rank " + other);
      }
    }
  }
}
