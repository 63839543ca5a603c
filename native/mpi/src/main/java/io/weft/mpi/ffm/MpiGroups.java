package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Groups (MPI-4.0 section 7.3). Every method checks the code that the C function returns and throws
 * {@link io.weft.mpi.MpiException}; a function that the library lacks, {@link
 * UnsupportedOperationException}.
 */
public final class MpiGroups {
  private static final MpiFunction SIZE = MpiFunction.of("MPI_Group_size", HANDLE, POINTER);

  private static final MpiFunction RANK = MpiFunction.of("MPI_Group_rank", HANDLE, POINTER);

  private static final MpiFunction TRANSLATE_RANKS =
      MpiFunction.of("MPI_Group_translate_ranks", HANDLE, INT, POINTER, HANDLE, POINTER);

  private static final MpiFunction COMPARE =
      MpiFunction.of("MPI_Group_compare", HANDLE, HANDLE, POINTER);

  private static final MpiFunction UNION =
      MpiFunction.of("MPI_Group_union", HANDLE, HANDLE, POINTER);

  private static final MpiFunction INTERSECTION =
      MpiFunction.of("MPI_Group_intersection", HANDLE, HANDLE, POINTER);

  private static final MpiFunction DIFFERENCE =
      MpiFunction.of("MPI_Group_difference", HANDLE, HANDLE, POINTER);

  private static final MpiFunction INCL =
      MpiFunction.of("MPI_Group_incl", HANDLE, INT, POINTER, POINTER);

  private static final MpiFunction EXCL =
      MpiFunction.of("MPI_Group_excl", HANDLE, INT, POINTER, POINTER);

  private static final MpiFunction RANGE_INCL =
      MpiFunction.of("MPI_Group_range_incl", HANDLE, INT, POINTER, POINTER);

  private static final MpiFunction RANGE_EXCL =
      MpiFunction.of("MPI_Group_range_excl", HANDLE, INT, POINTER, POINTER);

  private static final MpiFunction FREE = MpiFunction.of("MPI_Group_free", POINTER);

  private MpiGroups() {}

  /**
   * {@code int (MPI_Group group, int *size)}, MPI-4.0 section 7.3.
   *
   * @param group the group
   * @param size the size
   */
  public static void size(long group, long size) {
    try {
      SIZE.check((int) SIZE.handle().invokeExact(group, size));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Group group, int *rank)}, MPI-4.0 section 7.3.
   *
   * @param group the group
   * @param rank the rank
   */
  public static void rank(long group, long rank) {
    try {
      RANK.check((int) RANK.handle().invokeExact(group, rank));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Group group1, int n, const int ranks1[], MPI_Group group2, int ranks2[])},
   * MPI-4.0 section 7.3.
   *
   * @param group1 {@code group1} of the C function
   * @param n {@code n} of the C function
   * @param ranks1 {@code ranks1} of the C function
   * @param group2 {@code group2} of the C function
   * @param ranks2 {@code ranks2} of the C function
   */
  public static void translateRanks(long group1, int n, long ranks1, long group2, long ranks2) {
    try {
      TRANSLATE_RANKS.check(
          (int) TRANSLATE_RANKS.handle().invokeExact(group1, n, ranks1, group2, ranks2));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "n", n);
    }
  }

  /**
   * {@code int (MPI_Group group1, MPI_Group group2, int *result)}, MPI-4.0 section 7.3.
   *
   * @param group1 {@code group1} of the C function
   * @param group2 {@code group2} of the C function
   * @param result {@code result} of the C function
   */
  public static void compare(long group1, long group2, long result) {
    try {
      COMPARE.check((int) COMPARE.handle().invokeExact(group1, group2, result));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Group group1, MPI_Group group2, MPI_Group *newgroup)}, MPI-4.0 section 7.3.
   *
   * @param group1 {@code group1} of the C function
   * @param group2 {@code group2} of the C function
   * @param newgroup the address for the new group
   */
  public static void union(long group1, long group2, long newgroup) {
    try {
      UNION.check((int) UNION.handle().invokeExact(group1, group2, newgroup));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Group group1, MPI_Group group2, MPI_Group *newgroup)}, MPI-4.0 section 7.3.
   *
   * @param group1 {@code group1} of the C function
   * @param group2 {@code group2} of the C function
   * @param newgroup the address for the new group
   */
  public static void intersection(long group1, long group2, long newgroup) {
    try {
      INTERSECTION.check((int) INTERSECTION.handle().invokeExact(group1, group2, newgroup));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Group group1, MPI_Group group2, MPI_Group *newgroup)}, MPI-4.0 section 7.3.
   *
   * @param group1 {@code group1} of the C function
   * @param group2 {@code group2} of the C function
   * @param newgroup the address for the new group
   */
  public static void difference(long group1, long group2, long newgroup) {
    try {
      DIFFERENCE.check((int) DIFFERENCE.handle().invokeExact(group1, group2, newgroup));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Group group, int n, const int ranks[], MPI_Group *newgroup)}, MPI-4.0 section
   * 7.3.
   *
   * @param group the group
   * @param n {@code n} of the C function
   * @param ranks {@code ranks} of the C function
   * @param newgroup the address for the new group
   */
  public static void incl(long group, int n, long ranks, long newgroup) {
    try {
      INCL.check((int) INCL.handle().invokeExact(group, n, ranks, newgroup));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "n", n);
    }
  }

  /**
   * {@code int (MPI_Group group, int n, const int ranks[], MPI_Group *newgroup)}, MPI-4.0 section
   * 7.3.
   *
   * @param group the group
   * @param n {@code n} of the C function
   * @param ranks {@code ranks} of the C function
   * @param newgroup the address for the new group
   */
  public static void excl(long group, int n, long ranks, long newgroup) {
    try {
      EXCL.check((int) EXCL.handle().invokeExact(group, n, ranks, newgroup));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "n", n);
    }
  }

  /**
   * {@code int (MPI_Group group, int n, int ranges[][3], MPI_Group *newgroup)}, MPI-4.0 section
   * 7.3.
   *
   * @param group the group
   * @param n {@code n} of the C function
   * @param ranges {@code ranges} of the C function
   * @param newgroup the address for the new group
   */
  public static void rangeIncl(long group, int n, long ranges, long newgroup) {
    try {
      RANGE_INCL.check((int) RANGE_INCL.handle().invokeExact(group, n, ranges, newgroup));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "n", n);
    }
  }

  /**
   * {@code int (MPI_Group group, int n, int ranges[][3], MPI_Group *newgroup)}, MPI-4.0 section
   * 7.3.
   *
   * @param group the group
   * @param n {@code n} of the C function
   * @param ranges {@code ranges} of the C function
   * @param newgroup the address for the new group
   */
  public static void rangeExcl(long group, int n, long ranges, long newgroup) {
    try {
      RANGE_EXCL.check((int) RANGE_EXCL.handle().invokeExact(group, n, ranges, newgroup));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "n", n);
    }
  }

  /**
   * {@code int (MPI_Group *group)}, MPI-4.0 section 7.3.
   *
   * @param group the group
   */
  public static void free(long group) {
    try {
      FREE.check((int) FREE.handle().invokeExact(group));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
