package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * User operations (MPI-4.0 section 6.9.5). Every method checks the code that the C function returns
 * and throws {@link io.weft.mpi.MpiException}; a function that the library lacks, {@link
 * UnsupportedOperationException}.
 */
public final class MpiOps {
  private static final MpiFunction CREATE = MpiFunction.of("MPI_Op_create", POINTER, INT, POINTER);

  private static final MpiFunction FREE = MpiFunction.of("MPI_Op_free", POINTER);

  private static final MpiFunction COMMUTATIVE =
      MpiFunction.of("MPI_Op_commutative", HANDLE, POINTER);

  private MpiOps() {}

  /**
   * {@code int (MPI_User_function *user_fn, int commute, MPI_Op *op)}, MPI-4.0 section 6.9.5.
   *
   * @param userFn {@code user_fn} of the C function
   * @param commute {@code commute} of the C function
   * @param op the operation
   */
  public static void create(long userFn, int commute, long op) {
    try {
      CREATE.check((int) CREATE.handle().invokeExact(userFn, commute, op));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "commute", commute);
    }
  }

  /**
   * {@code int (MPI_Op *op)}, MPI-4.0 section 6.9.5.
   *
   * @param op the operation
   */
  public static void free(long op) {
    try {
      FREE.check((int) FREE.handle().invokeExact(op));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Op op, int *commute)}, MPI-4.0 section 6.9.5.
   *
   * @param op the operation
   * @param commute {@code commute} of the C function
   */
  public static void commutative(long op, long commute) {
    try {
      COMMUTATIVE.check((int) COMMUTATIVE.handle().invokeExact(op, commute));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
