package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Hints (MPI-4.0 chapter 10). Every method checks the code that the C function returns and throws
 * {@link io.weft.mpi.MpiException}; a function that the library lacks, {@link
 * UnsupportedOperationException}.
 */
public final class MpiInfos {
  private static final MpiFunction CREATE = MpiFunction.of("MPI_Info_create", POINTER);

  private static final MpiFunction SET = MpiFunction.of("MPI_Info_set", HANDLE, POINTER, POINTER);

  private static final MpiFunction GET =
      MpiFunction.of("MPI_Info_get", HANDLE, POINTER, INT, POINTER, POINTER);

  private static final MpiFunction GET_VALUELEN =
      MpiFunction.of("MPI_Info_get_valuelen", HANDLE, POINTER, POINTER, POINTER);

  private static final MpiFunction DELETE = MpiFunction.of("MPI_Info_delete", HANDLE, POINTER);

  private static final MpiFunction GET_NKEYS =
      MpiFunction.of("MPI_Info_get_nkeys", HANDLE, POINTER);

  private static final MpiFunction GET_NTHKEY =
      MpiFunction.of("MPI_Info_get_nthkey", HANDLE, INT, POINTER);

  private static final MpiFunction DUP = MpiFunction.of("MPI_Info_dup", HANDLE, POINTER);

  private static final MpiFunction FREE = MpiFunction.of("MPI_Info_free", POINTER);

  private MpiInfos() {}

  /**
   * {@code int (MPI_Info *info)}, MPI-4.0 section 10.
   *
   * @param info the hints
   */
  public static void create(long info) {
    try {
      CREATE.check((int) CREATE.handle().invokeExact(info));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Info info, const char *key, const char *value)}, MPI-4.0 section 10.
   *
   * @param info the hints
   * @param key {@code key} of the C function
   * @param value {@code value} of the C function
   */
  public static void set(long info, long key, long value) {
    try {
      SET.check((int) SET.handle().invokeExact(info, key, value));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Info info, const char *key, int valuelen, char *value, int *flag)}, MPI-4.0
   * section 10.
   *
   * @param info the hints
   * @param key {@code key} of the C function
   * @param valuelen {@code valuelen} of the C function
   * @param value {@code value} of the C function
   * @param flag the address for the answer
   */
  public static void get(long info, long key, int valuelen, long value, long flag) {
    try {
      GET.check((int) GET.handle().invokeExact(info, key, valuelen, value, flag));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "valuelen", valuelen);
    }
  }

  /**
   * {@code int (MPI_Info info, const char *key, int *valuelen, int *flag)}, MPI-4.0 section 10.
   *
   * @param info the hints
   * @param key {@code key} of the C function
   * @param valuelen {@code valuelen} of the C function
   * @param flag the address for the answer
   */
  public static void getValuelen(long info, long key, long valuelen, long flag) {
    try {
      GET_VALUELEN.check((int) GET_VALUELEN.handle().invokeExact(info, key, valuelen, flag));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Info info, const char *key)}, MPI-4.0 section 10.
   *
   * @param info the hints
   * @param key {@code key} of the C function
   */
  public static void delete(long info, long key) {
    try {
      DELETE.check((int) DELETE.handle().invokeExact(info, key));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Info info, int *nkeys)}, MPI-4.0 section 10.
   *
   * @param info the hints
   * @param nkeys {@code nkeys} of the C function
   */
  public static void getNkeys(long info, long nkeys) {
    try {
      GET_NKEYS.check((int) GET_NKEYS.handle().invokeExact(info, nkeys));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Info info, int n, char *key)}, MPI-4.0 section 10.
   *
   * @param info the hints
   * @param n {@code n} of the C function
   * @param key {@code key} of the C function
   */
  public static void getNthkey(long info, int n, long key) {
    try {
      GET_NTHKEY.check((int) GET_NTHKEY.handle().invokeExact(info, n, key));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "n", n);
    }
  }

  /**
   * {@code int (MPI_Info info, MPI_Info *newinfo)}, MPI-4.0 section 10.
   *
   * @param info the hints
   * @param newinfo {@code newinfo} of the C function
   */
  public static void dup(long info, long newinfo) {
    try {
      DUP.check((int) DUP.handle().invokeExact(info, newinfo));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Info *info)}, MPI-4.0 section 10.
   *
   * @param info the hints
   */
  public static void free(long info) {
    try {
      FREE.check((int) FREE.handle().invokeExact(info));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
