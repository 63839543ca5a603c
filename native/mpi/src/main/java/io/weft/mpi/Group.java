package io.weft.mpi;

import io.weft.mpi.ffm.MpiAbi;
import io.weft.mpi.ffm.MpiGroups;
import io.weft.mpi.ffm.PredefinedHandle;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * An ordered set of processes (MPI-4.0 section 7.3); given by {@link Comm#group} and {@link
 * Mpi#emptyGroup}, made of others by the operations here. To be closed. Nothing here communicates.
 * Threads: as its {@link Mpi}.
 */
public final class Group implements AutoCloseable {
  private final Mpi mpi;
  private final MpiAbi abi;
  private final long handle;
  private boolean closed;

  Group(Mpi mpi, long handle) {
    this.mpi = mpi;
    this.abi = mpi.abi();
    this.handle = handle;
  }

  long handle() {
    if (closed) {
      throw new IllegalStateException("the group is closed");
    }
    mpi.check();
    return handle;
  }

  /** A C function that answers one {@code int}, or writes one handle. */
  private interface Call {
    void to(long address);
  }

  private int number(Call call) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = arena.allocate(Long.BYTES, Long.BYTES);
      call.to(answer.address());
      return answer.get(ValueLayout.JAVA_INT, 0);
    }
  }

  private Group group(Call call) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = arena.allocate(Long.BYTES, Long.BYTES);
      call.to(answer.address());
      return new Group(mpi, abi.readHandle(answer, 0));
    }
  }

  /**
   * {@code MPI_Group_size}.
   *
   * @return the number of processes
   */
  public int size() {
    long h = handle();
    return number(to -> MpiGroups.size(h, to));
  }

  /**
   * {@code MPI_Group_rank}: this process's place.
   *
   * @return its rank, or -1 if it is not in the group
   */
  public int rank() {
    long h = handle();
    int rank = number(to -> MpiGroups.rank(h, to));
    return rank == abi.undefined() ? -1 : rank;
  }

  /**
   * {@code MPI_Group_translate_ranks}: the places of some of these processes in another group.
   *
   * @param ranks in this group
   * @param other the other group
   * @return their ranks there; -1 of those that are not in it
   * @throws IllegalArgumentException if one is not a rank of this group
   */
  public int[] translate(int[] ranks, Group other) {
    long h = handle();
    long to = other.handle();
    int size = size();
    for (int each : ranks) {
      Arguments.rank("rank", each, size); // Open MPI does not look.
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment found = arena.allocate(4L * ranks.length + 4, 4);
      MpiGroups.translateRanks(
          h, ranks.length, CommTopology.ints(arena, ranks).address(), to, found.address());
      int[] result = CommTopology.read(found, ranks.length);
      for (int i = 0; i < result.length; i++) {
        result[i] = result[i] == abi.undefined() ? -1 : result[i];
      }
      return result;
    }
  }

  /**
   * {@code MPI_Group_compare}.
   *
   * @param other another group
   * @return {@link Comparison#IDENT}, {@link Comparison#SIMILAR} or {@link Comparison#UNEQUAL}
   */
  public Comparison compare(Group other) {
    long h = handle();
    long with = other.handle();
    return Comparison.of(abi, number(to -> MpiGroups.compare(h, with, to)));
  }

  /**
   * {@code MPI_Group_union}: these, then those of the other that are not among them.
   *
   * @param other another group
   * @return a new group, to be closed
   */
  public Group union(Group other) {
    long h = handle();
    long with = other.handle();
    return group(to -> MpiGroups.union(h, with, to));
  }

  /**
   * {@code MPI_Group_intersection}: those of these that are in the other too.
   *
   * @param other another group
   * @return a new group, to be closed
   */
  public Group intersection(Group other) {
    long h = handle();
    long with = other.handle();
    return group(to -> MpiGroups.intersection(h, with, to));
  }

  /**
   * {@code MPI_Group_difference}: those of these that are not in the other.
   *
   * @param other another group
   * @return a new group, to be closed
   */
  public Group difference(Group other) {
    long h = handle();
    long with = other.handle();
    return group(to -> MpiGroups.difference(h, with, to));
  }

  private void checkRanks(int[] ranks) {
    int size = size();
    boolean[] seen = new boolean[size];
    for (int rank : ranks) {
      seeOnce(seen, rank);
    }
  }

  private static void seeOnce(boolean[] seen, int rank) {
    Arguments.rank("rank", rank, seen.length);
    if (seen[rank]) {
      throw new IllegalArgumentException("rank " + rank + " is there twice");
    }
    seen[rank] = true;
  }

  /**
   * {@code MPI_Group_incl}: some of these, in that order.
   *
   * @param ranks which
   * @return a new group, to be closed
   */
  public Group include(int... ranks) {
    long h = handle();
    checkRanks(ranks);
    try (Arena arena = Arena.ofConfined()) {
      long at = CommTopology.ints(arena, ranks).address();
      return group(to -> MpiGroups.incl(h, ranks.length, at, to));
    }
  }

  /**
   * {@code MPI_Group_excl}: these without some.
   *
   * @param ranks which are left out
   * @return a new group, to be closed
   */
  public Group exclude(int... ranks) {
    long h = handle();
    checkRanks(ranks);
    try (Arena arena = Arena.ofConfined()) {
      long at = CommTopology.ints(arena, ranks).address();
      return group(to -> MpiGroups.excl(h, ranks.length, at, to));
    }
  }

  private int[] flat(int[][] ranges) {
    boolean[] seen = new boolean[size()];
    int[] result = new int[3 * ranges.length];
    for (int i = 0; i < ranges.length; i++) {
      int[] range = ranges[i];
      if (range.length != 3) {
        throw new IllegalArgumentException(
            "a range is its first rank, its last, and the step, not " + Arrays.toString(range));
      }
      checkRange(seen, range[0], range[1], range[2]);
      System.arraycopy(range, 0, result, 3 * i, 3);
    }
    return result;
  }

  private static void checkRange(boolean[] seen, int first, int last, int step) {
    Arguments.rank("rank", first, seen.length);
    Arguments.rank("rank", last, seen.length);
    if (step == 0 || first < last && step < 0 || first > last && step > 0) {
      throw new IllegalArgumentException(
          "step " + step + " does not lead from rank " + first + " to rank " + last);
    }
    long each = first;
    while (step > 0 ? each <= last : each >= last) {
      seeOnce(seen, (int) each);
      each += step;
    }
  }

  /**
   * {@code MPI_Group_range_incl}: some of these, as ranges.
   *
   * @param ranges each of three: the first rank, the last, the step, which may be negative
   * @return a new group, to be closed
   */
  public Group includeRanges(int[]... ranges) {
    long h = handle();
    try (Arena arena = Arena.ofConfined()) {
      long at = CommTopology.ints(arena, flat(ranges)).address();
      return group(to -> MpiGroups.rangeIncl(h, ranges.length, at, to));
    }
  }

  /**
   * {@code MPI_Group_range_excl}: these without some, as ranges.
   *
   * @param ranges each of three: the first rank, the last, the step, which may be negative
   * @return a new group, to be closed
   */
  public Group excludeRanges(int[]... ranges) {
    long h = handle();
    try (Arena arena = Arena.ofConfined()) {
      long at = CommTopology.ints(arena, flat(ranges)).address();
      return group(to -> MpiGroups.rangeExcl(h, ranges.length, at, to));
    }
  }

  /** {@code MPI_Group_free}; closing twice, or the empty group, does nothing. */
  @Override
  public void close() {
    if (closed || handle == abi.handle(PredefinedHandle.MPI_GROUP_EMPTY)) {
      return;
    }
    long h = handle();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment place = arena.allocate(Long.BYTES, Long.BYTES);
      abi.writeHandle(place, 0, h);
      MpiGroups.free(place.address());
    }
    closed = true;
  }
}
