package io.weft.comm;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.weft.testing.RankTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Gather and scatter, and what moves blocks of unequal length: bytes that arrive as they were. */
interface GatherScatterContract extends CommunicatorCase {
  /** Through a tree and straight, within an envelope and beyond. */
  long[] GATHERED = {0, 1, 9, 4096, 4097, 70_001};

  /** What block i of the blocks of unequal length is long, in units; one of them is empty. */
  int[] UNITS = {3, 0, 1, 7};

  @RankTest
  default void gatherPutsBlocksInRankOrderAtEachRoot() {
    for (long length : GATHERED) {
      for (int root = 0; root < size(); root++) {
        try (Arena arena = Arena.ofConfined()) {
          String what = "gather of " + length + " at " + root;
          Region mine = Region.of(arena, 3, length);
          Region all = Region.of(arena, 24, length * size());
          mine.fill(length + rank());
          boolean isRoot = rank() == root;
          MemorySegment target = isRoot || rank() % 2 == 0 ? all.segment() : null;
          comm().gather(mine.segment(), 3, target, 24, length, root);
          for (int from = 0; from < size() && isRoot; from++) {
            Bytes.check(all.segment(), 24 + from * length, length, length + from, what);
          }
          all.checkUntouchedFrom(isRoot ? all.length() : 0, what);
          mine.check(length + rank(), what + ", what was sent");
        }
      }
    }
  }

  @RankTest
  default void scatterGivesEachRankItsBlockFromEachRoot() {
    for (long length : GATHERED) {
      for (int root = 0; root < size(); root++) {
        try (Arena arena = Arena.ofConfined()) {
          String what = "scatter of " + length + " from " + root;
          Region all = Region.of(arena, 16, length * size());
          Region mine = Region.of(arena, 5, length);
          boolean isRoot = rank() == root;
          for (int to = 0; to < size() && isRoot; to++) {
            Bytes.fill(all.segment(), 16 + to * length, length, 10 * root + to);
          }
          MemorySegment source = isRoot || rank() % 2 == 1 ? all.segment() : null;
          comm().scatter(source, 16, mine.segment(), 5, length, root);
          mine.check(10 * root + rank(), what);
          all.checkUntouchedFrom(isRoot ? all.length() : 0, what);
        }
      }
    }
  }

  /** Blocks in falling order of rank, with gaps that nobody may touch. */
  private Blocks blocks(long unit, int shift) {
    Blocks blocks = new Blocks(size());
    long at = 0;
    for (int rank = size() - 1; rank >= 0; rank--) {
      long length = UNITS[(rank + shift) % UNITS.length] * unit;
      blocks.set(rank, at, length);
      at += length + 11;
    }
    return blocks;
  }

  /** Checks that all blocks are as written, and everything between them is not. */
  private static void check(Region all, Blocks blocks, long[] seeds, String what) {
    try (Arena arena = Arena.ofConfined()) {
      Region expected = Region.of(arena, all.offset(), all.length());
      for (int rank = 0; rank < blocks.size(); rank++) {
        long at = all.offset() + blocks.offsetBytes(rank);
        Bytes.check(all.segment(), at, blocks.lengthBytes(rank), seeds[rank], what + ", " + rank);
        Bytes.fill(expected.segment(), at, blocks.lengthBytes(rank), seeds[rank]);
      }
      long mismatch = expected.segment().mismatch(all.segment());
      if (mismatch >= 0) {
        throw new AssertionError(what + ": byte " + mismatch + " between blocks was touched");
      }
    }
  }

  private long[] seeds(long start, long step) {
    long[] seeds = new long[size()];
    for (int rank = 0; rank < size(); rank++) {
      seeds[rank] = start + rank * step;
    }
    return seeds;
  }

  @RankTest
  default void gathervPutsBlocksWhereTheyBelong() {
    for (long unit : new long[] {1, 1000, 20_000}) {
      for (int root = 0; root < size(); root++) {
        try (Arena arena = Arena.ofConfined()) {
          Blocks blocks = blocks(unit, root);
          long own = blocks.lengthBytes(rank());
          Region mine = Region.of(arena, 3, own);
          Region all = Region.of(arena, 24, blocks.extentBytes());
          mine.fill(rank());
          boolean isRoot = rank() == root;
          comm().gatherv(mine.segment(), 3, own, all.segment(), 24, isRoot ? blocks : null, root);
          if (isRoot) {
            check(all, blocks, seeds(0, 1), "gatherv of " + unit + " at " + root);
          } else {
            all.checkUntouched("gatherv elsewhere");
          }
        }
      }
    }
  }

  @RankTest
  default void scattervTakesBlocksFromWhereTheyAre() {
    for (long unit : new long[] {1, 1000, 20_000}) {
      for (int root = 0; root < size(); root++) {
        try (Arena arena = Arena.ofConfined()) {
          Blocks blocks = blocks(unit, root);
          Region mine = Region.of(arena, 3, blocks.lengthBytes(rank()));
          Region all = Region.of(arena, 24, blocks.extentBytes());
          boolean isRoot = rank() == root;
          for (int to = 0; to < size() && isRoot; to++) {
            long at = 24 + blocks.offsetBytes(to);
            Bytes.fill(all.segment(), at, blocks.lengthBytes(to), unit + to);
          }
          comm()
              .scatterv(
                  all.segment(),
                  24,
                  isRoot ? blocks : null,
                  mine.segment(),
                  3,
                  mine.length(),
                  root);
          mine.check(unit + rank(), "scatterv of " + unit + " from " + root);
        }
      }
    }
  }

  @RankTest
  default void allgathervPutsBlocksWhereTheyBelong() {
    for (long unit : new long[] {1, 1000, 20_000}) {
      try (Arena arena = Arena.ofConfined()) {
        Blocks blocks = blocks(unit, 1);
        Region mine = Region.of(arena, 3, blocks.lengthBytes(rank()));
        Region all = Region.of(arena, 24, blocks.extentBytes());
        mine.fill(unit + 5 * rank());
        comm().allgatherv(mine.segment(), 3, all.segment(), 24, blocks);
        check(all, blocks, seeds(unit, 5), "allgatherv of " + unit);
        mine.check(unit + 5 * rank(), "what was sent");
      }
    }
  }

  /** From rank i to rank j goes a block whose length and bytes tell both. */
  @RankTest
  default void alltoallvTransposesBlocks() {
    for (long unit : new long[] {1, 1000, 20_000}) {
      try (Arena arena = Arena.ofConfined()) {
        Blocks out = new Blocks(size());
        Blocks in = new Blocks(size());
        long outAt = 0;
        long inAt = 0;
        for (int peer = 0; peer < size(); peer++) {
          out.set(peer, outAt, unit * ((rank() + 2 * peer) % 5));
          outAt += out.lengthBytes(peer);
          in.set(peer, inAt, unit * ((peer + 2 * rank()) % 5));
          inAt += in.lengthBytes(peer) + 7;
        }
        Region from = Region.of(arena, 8, out.extentBytes());
        Region to = Region.of(arena, 1, in.extentBytes());
        for (int peer = 0; peer < size(); peer++) {
          long at = 8 + out.offsetBytes(peer);
          Bytes.fill(from.segment(), at, out.lengthBytes(peer), 10 * rank() + peer);
        }
        comm().alltoallv(from.segment(), 8, out, to.segment(), 1, in);
        check(to, in, seeds(rank(), 10), "alltoallv of " + unit);
      }
    }
  }

  @RankTest
  default void blocksThatDoNotFitAreRefused() {
    MemorySegment b = comm().allocate(256);
    Blocks tooFew = new Blocks(size() + 1);
    Blocks tooLong = new Blocks(size());
    tooLong.set(size() - 1, 250, 7);
    Blocks empty = new Blocks(size());
    Class<IllegalArgumentException> wrong = IllegalArgumentException.class;
    assertThrows(wrong, () -> comm().gatherv(b, 0, 0, b, 0, tooFew, rank()));
    assertThrows(wrong, () -> comm().scatterv(b, 0, tooFew, b, 0, 0, rank()));
    assertThrows(wrong, () -> comm().allgatherv(b, 0, b, 0, tooFew));
    assertThrows(wrong, () -> comm().alltoallv(b, 0, tooFew, b, 0, empty));
    assertThrows(wrong, () -> comm().alltoallv(b, 0, empty, b, 0, tooFew));
    assertThrows(wrong, () -> comm().gatherv(b, 0, 1, b, 0, empty, rank()));
    assertThrows(wrong, () -> comm().scatterv(b, 0, empty, b, 0, 1, rank()));
    Class<IndexOutOfBoundsException> past = IndexOutOfBoundsException.class;
    long own = tooLong.lengthBytes(rank());
    assertThrows(past, () -> comm().gatherv(b, 0, own, b, 0, tooLong, rank()));
    assertThrows(past, () -> comm().scatterv(b, 0, tooLong, b, 0, own, rank()));
    assertThrows(past, () -> comm().allgatherv(b, 0, b, 0, tooLong));
    assertThrows(past, () -> comm().alltoallv(b, 0, tooLong, b, 0, tooLong));
    assertThrows(wrong, () -> empty.set(0, -1, 0));
    assertThrows(wrong, () -> empty.set(0, 0, -1));
    assertThrows(wrong, () -> empty.set(0, 1, Long.MAX_VALUE));
    assertThrows(wrong, () -> new Blocks(0));
    assertWorks();
  }
}
