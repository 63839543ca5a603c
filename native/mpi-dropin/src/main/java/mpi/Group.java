package mpi;

import io.weft.mpi.ffm.MpiErrorClass;
import io.weft.mpi.ffm.MpiGroups;
import io.weft.mpi.ffm.PredefinedHandle;
import java.util.function.LongConsumer;

/** An ordered set of processes (MPI-4.0 section 7.3). Nothing here communicates. */
public final class Group implements Freeable {
  private static final long NULL = Lib.handle(PredefinedHandle.MPI_GROUP_NULL);

  /** Of a range: its first rank, its last, and the step. */
  private static final int RANGE = 3;

  private long handle;

  Group(long handle) {
    this.handle = handle;
  }

  long handle(String function) throws MPIException {
    State.check(function);
    if (isNull()) {
      throw Errors.argument(function, MpiErrorClass.MPI_ERR_GROUP, "the group is freed");
    }
    return handle;
  }

  private static int size(long handle) throws MPIException {
    return Calls.answer(answer -> MpiGroups.size(handle, answer));
  }

  private static Group made(LongConsumer call) throws MPIException {
    return new Group(Calls.handle(call));
  }

  /**
   * {@code MPI_Group_size}.
   *
   * @return the number of processes
   * @throws MPIException if this is freed
   */
  public int getSize() throws MPIException {
    return size(handle("MPI_Group_size"));
  }

  /**
   * {@code MPI_Group_rank}.
   *
   * @return this process's place, or {@link MPI#UNDEFINED} if it is not in the group
   * @throws MPIException if this is freed
   */
  public int getRank() throws MPIException {
    long h = handle("MPI_Group_rank");
    return Calls.answer(answer -> MpiGroups.rank(h, answer));
  }

  /**
   * {@code MPI_Group_free}.
   *
   * @throws MPIException if this is freed
   */
  @Override
  public void free() throws MPIException {
    long h = handle("MPI_Group_free");
    // Not every library takes back what it gave for an empty set.
    if (h != Lib.handle(PredefinedHandle.MPI_GROUP_EMPTY)) {
      Calls.free(MpiGroups::free, h);
    }
    handle = NULL;
  }

  /**
   * Whether this is freed.
   *
   * @return true if there are no processes to be had from it; false of {@link MPI#GROUP_EMPTY}
   */
  public boolean isNull() {
    return handle == NULL;
  }

  /**
   * {@code MPI_Group_translate_ranks}: the places of some processes in another group.
   *
   * @param group1 a group
   * @param ranks1 in that group; {@link MPI#PROC_NULL} stays what it is
   * @param group2 the other group
   * @return their ranks there; {@link MPI#UNDEFINED} of those that are not in it
   * @throws MPIException if a rank is not of the group, or one is freed
   */
  public static int[] translateRanks(Group group1, int[] ranks1, Group group2) throws MPIException {
    String function = "MPI_Group_translate_ranks";
    long from = Errors.notNull(function, "group1", group1).handle(function);
    long to = Errors.notNull(function, "group2", group2).handle(function);
    int count = Errors.notNull(function, "ranks1", ranks1).length;
    int size = size(from);
    for (int rank : ranks1) {
      // Open MPI does not look.
      if (rank != Lib.PROC_NULL) {
        checkRank(function, rank, size);
      }
    }
    Scratch scratch = Scratch.begin();
    long ranks = scratch.ints(ranks1);
    long found = scratch.bytes((long) count * Integer.BYTES);
    Calls.run(() -> MpiGroups.translateRanks(from, count, ranks, to, found));
    return Scratch.readInts(found, count);
  }

  /**
   * {@code MPI_Group_compare}.
   *
   * @param group1 a group
   * @param group2 another
   * @return {@link MPI#IDENT}, {@link MPI#SIMILAR} or {@link MPI#UNEQUAL}
   * @throws MPIException if one is freed
   */
  public static int compare(Group group1, Group group2) throws MPIException {
    String function = "MPI_Group_compare";
    long one = Errors.notNull(function, "group1", group1).handle(function);
    long other = Errors.notNull(function, "group2", group2).handle(function);
    return Calls.answer(answer -> MpiGroups.compare(one, other, answer));
  }

  /**
   * {@code MPI_Group_union}: those of the first, then those of the second that are not among them.
   *
   * @param group1 a group
   * @param group2 another
   * @return a new group, to be freed
   * @throws MPIException if one is freed
   */
  public static Group union(Group group1, Group group2) throws MPIException {
    String function = "MPI_Group_union";
    long one = Errors.notNull(function, "group1", group1).handle(function);
    long other = Errors.notNull(function, "group2", group2).handle(function);
    return made(answer -> MpiGroups.union(one, other, answer));
  }

  /**
   * {@code MPI_Group_intersection}: those of the first that are in the second too.
   *
   * @param group1 a group
   * @param group2 another
   * @return a new group, to be freed
   * @throws MPIException if one is freed
   */
  public static Group intersection(Group group1, Group group2) throws MPIException {
    String function = "MPI_Group_intersection";
    long one = Errors.notNull(function, "group1", group1).handle(function);
    long other = Errors.notNull(function, "group2", group2).handle(function);
    return made(answer -> MpiGroups.intersection(one, other, answer));
  }

  /**
   * {@code MPI_Group_difference}: those of the first that are not in the second.
   *
   * @param group1 a group
   * @param group2 another
   * @return a new group, to be freed
   * @throws MPIException if one is freed
   */
  public static Group difference(Group group1, Group group2) throws MPIException {
    String function = "MPI_Group_difference";
    long one = Errors.notNull(function, "group1", group1).handle(function);
    long other = Errors.notNull(function, "group2", group2).handle(function);
    return made(answer -> MpiGroups.difference(one, other, answer));
  }

  private static void checkRank(String function, int rank, int size) throws MPIException {
    if (rank < 0 || rank >= size) {
      throw Errors.argument(
          function, MpiErrorClass.MPI_ERR_RANK, "rank " + rank + " is not in 0 .. " + (size - 1));
    }
  }

  private static long ranks(String function, long group, int[] ranks) throws MPIException {
    int size = size(group);
    for (int rank : Errors.notNull(function, "ranks", ranks)) {
      checkRank(function, rank, size);
    }
    return Scratch.begin().ints(ranks);
  }

  /**
   * {@code MPI_Group_incl}: some of these, in that order.
   *
   * @param ranks which, each once
   * @return a new group, to be freed
   * @throws MPIException if a rank is not of this group, or this is freed
   */
  public Group incl(int[] ranks) throws MPIException {
    String function = "MPI_Group_incl";
    long h = handle(function);
    long from = ranks(function, h, ranks);
    return made(answer -> MpiGroups.incl(h, ranks.length, from, answer));
  }

  /**
   * {@code MPI_Group_excl}: these without some.
   *
   * @param ranks which are left out, each once
   * @return a new group, to be freed
   * @throws MPIException if a rank is not of this group, or this is freed
   */
  public Group excl(int[] ranks) throws MPIException {
    String function = "MPI_Group_excl";
    long h = handle(function);
    long from = ranks(function, h, ranks);
    return made(answer -> MpiGroups.excl(h, ranks.length, from, answer));
  }

  private static long ranges(String function, long group, int[][] ranges) throws MPIException {
    int size = size(group);
    int[] flat = new int[RANGE * Errors.notNull(function, "ranges", ranges).length];
    for (int i = 0; i < ranges.length; i++) {
      int[] range = Errors.notNull(function, "ranges", i, ranges[i]);
      if (range.length != RANGE || range[2] == 0) {
        throw Errors.argument(
            function,
            MpiErrorClass.MPI_ERR_ARG,
            "ranges[" + i + "] is not a first rank, a last one, and a step that is not 0");
      }
      checkRank(function, range[0], size);
      checkRank(function, range[1], size);
      System.arraycopy(range, 0, flat, RANGE * i, RANGE);
    }
    return Scratch.begin().ints(flat);
  }

  /**
   * {@code MPI_Group_range_incl}: some of these, as ranges.
   *
   * @param ranges each of three: the first rank, the last, the step
   * @return a new group, to be freed
   * @throws MPIException if a rank is not of this group, or a range is none, or this is freed
   */
  public Group rangeIncl(int[][] ranges) throws MPIException {
    String function = "MPI_Group_range_incl";
    long h = handle(function);
    long from = ranges(function, h, ranges);
    return made(answer -> MpiGroups.rangeIncl(h, ranges.length, from, answer));
  }

  /**
   * {@code MPI_Group_range_excl}: these without some, as ranges.
   *
   * @param ranges each of three: the first rank, the last, the step
   * @return a new group, to be freed
   * @throws MPIException if a rank is not of this group, or a range is none, or this is freed
   */
  public Group rangeExcl(int[][] ranges) throws MPIException {
    String function = "MPI_Group_range_excl";
    long h = handle(function);
    long from = ranges(function, h, ranges);
    return made(answer -> MpiGroups.rangeExcl(h, ranges.length, from, answer));
  }
}
