package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * One-sided operations (MPI-4.0 section 12.3). Every method checks the code that the C function
 * returns and throws {@link io.weft.mpi.MpiException}.
 */
public final class MpiOneSided {
  private static final MpiFunction PUT =
      MpiFunction.of("MPI_Put", POINTER, INT, HANDLE, INT, LONG, INT, HANDLE, HANDLE);

  private static final MpiFunction GET =
      MpiFunction.of("MPI_Get", POINTER, INT, HANDLE, INT, LONG, INT, HANDLE, HANDLE);

  private static final MpiFunction ACCUMULATE =
      MpiFunction.of(
          "MPI_Accumulate", POINTER, INT, HANDLE, INT, LONG, INT, HANDLE, HANDLE, HANDLE);

  private static final MpiFunction GET_ACCUMULATE =
      MpiFunction.of(
          "MPI_Get_accumulate",
          POINTER,
          INT,
          HANDLE,
          POINTER,
          INT,
          HANDLE,
          INT,
          LONG,
          INT,
          HANDLE,
          HANDLE,
          HANDLE);

  private static final MpiFunction FETCH_AND_OP =
      MpiFunction.of("MPI_Fetch_and_op", POINTER, POINTER, HANDLE, INT, LONG, HANDLE, HANDLE);

  private static final MpiFunction COMPARE_AND_SWAP =
      MpiFunction.of("MPI_Compare_and_swap", POINTER, POINTER, POINTER, HANDLE, INT, LONG, HANDLE);

  private MpiOneSided() {}

  /**
   * {@code int (const void *origin_addr, int origin_count, MPI_Datatype origin_datatype, int
   * target_rank, MPI_Aint target_disp, int target_count, MPI_Datatype target_datatype, MPI_Win
   * win)}, MPI-4.0 section 12.3.1.
   *
   * @param originAddr the origin's address
   * @param originCount elements there
   * @param originDatatype their type
   * @param targetRank whose memory
   * @param targetDisp the place in it, in its displacement units
   * @param targetCount elements there
   * @param targetDatatype their type
   * @param win the window
   */
  public static void put(
      long originAddr,
      int originCount,
      long originDatatype,
      int targetRank,
      long targetDisp,
      int targetCount,
      long targetDatatype,
      long win) {
    try {
      PUT.check(
          (int)
              PUT.handle()
                  .invokeExact(
                      originAddr,
                      originCount,
                      originDatatype,
                      targetRank,
                      targetDisp,
                      targetCount,
                      targetDatatype,
                      win));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (void *origin_addr, int origin_count, MPI_Datatype origin_datatype, int target_rank,
   * MPI_Aint target_disp, int target_count, MPI_Datatype target_datatype, MPI_Win win)}, MPI-4.0
   * section 12.3.2.
   *
   * @param originAddr the origin's address
   * @param originCount elements there
   * @param originDatatype their type
   * @param targetRank whose memory
   * @param targetDisp the place in it, in its displacement units
   * @param targetCount elements there
   * @param targetDatatype their type
   * @param win the window
   */
  public static void get(
      long originAddr,
      int originCount,
      long originDatatype,
      int targetRank,
      long targetDisp,
      int targetCount,
      long targetDatatype,
      long win) {
    try {
      GET.check(
          (int)
              GET.handle()
                  .invokeExact(
                      originAddr,
                      originCount,
                      originDatatype,
                      targetRank,
                      targetDisp,
                      targetCount,
                      targetDatatype,
                      win));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const void *origin_addr, int origin_count, MPI_Datatype origin_datatype, int
   * target_rank, MPI_Aint target_disp, int target_count, MPI_Datatype target_datatype, MPI_Op op,
   * MPI_Win win)}, MPI-4.0 section 12.3.4.
   *
   * @param originAddr the origin's address
   * @param originCount elements there
   * @param originDatatype their type
   * @param targetRank whose memory
   * @param targetDisp the place in it, in its displacement units
   * @param targetCount elements there
   * @param targetDatatype their type
   * @param op the operation
   * @param win the window
   */
  public static void accumulate(
      long originAddr,
      int originCount,
      long originDatatype,
      int targetRank,
      long targetDisp,
      int targetCount,
      long targetDatatype,
      long op,
      long win) {
    try {
      ACCUMULATE.check(
          (int)
              ACCUMULATE
                  .handle()
                  .invokeExact(
                      originAddr,
                      originCount,
                      originDatatype,
                      targetRank,
                      targetDisp,
                      targetCount,
                      targetDatatype,
                      op,
                      win));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const void *origin_addr, int origin_count, MPI_Datatype origin_datatype, void
   * *result_addr, int result_count, MPI_Datatype result_datatype, int target_rank, MPI_Aint
   * target_disp, int target_count, MPI_Datatype target_datatype, MPI_Op op, MPI_Win win)}, MPI-4.0
   * section 12.3.4.
   *
   * @param originAddr the origin's address
   * @param originCount elements there
   * @param originDatatype their type
   * @param resultAddr the result's address
   * @param resultCount elements there
   * @param resultDatatype their type
   * @param targetRank whose memory
   * @param targetDisp the place in it, in its displacement units
   * @param targetCount elements there
   * @param targetDatatype their type
   * @param op the operation
   * @param win the window
   */
  public static void getAccumulate(
      long originAddr,
      int originCount,
      long originDatatype,
      long resultAddr,
      int resultCount,
      long resultDatatype,
      int targetRank,
      long targetDisp,
      int targetCount,
      long targetDatatype,
      long op,
      long win) {
    try {
      GET_ACCUMULATE.check(
          (int)
              GET_ACCUMULATE
                  .handle()
                  .invokeExact(
                      originAddr,
                      originCount,
                      originDatatype,
                      resultAddr,
                      resultCount,
                      resultDatatype,
                      targetRank,
                      targetDisp,
                      targetCount,
                      targetDatatype,
                      op,
                      win));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const void *origin_addr, void *result_addr, MPI_Datatype datatype, int target_rank,
   * MPI_Aint target_disp, MPI_Op op, MPI_Win win)}, MPI-4.0 section 12.3.4.
   *
   * @param originAddr the origin's address
   * @param resultAddr the result's address
   * @param datatype the element's type
   * @param targetRank whose memory
   * @param targetDisp the place in it, in its displacement units
   * @param op the operation
   * @param win the window
   */
  public static void fetchAndOp(
      long originAddr,
      long resultAddr,
      long datatype,
      int targetRank,
      long targetDisp,
      long op,
      long win) {
    try {
      FETCH_AND_OP.check(
          (int)
              FETCH_AND_OP
                  .handle()
                  .invokeExact(originAddr, resultAddr, datatype, targetRank, targetDisp, op, win));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const void *origin_addr, const void *compare_addr, void *result_addr, MPI_Datatype
   * datatype, int target_rank, MPI_Aint target_disp, MPI_Win win)}, MPI-4.0 section 12.3.4.
   *
   * @param originAddr the origin's address
   * @param compareAddr the address of what is expected
   * @param resultAddr the result's address
   * @param datatype the element's type, an integer's
   * @param targetRank whose memory
   * @param targetDisp the place in it, in its displacement units
   * @param win the window
   */
  public static void compareAndSwap(
      long originAddr,
      long compareAddr,
      long resultAddr,
      long datatype,
      int targetRank,
      long targetDisp,
      long win) {
    try {
      COMPARE_AND_SWAP.check(
          (int)
              COMPARE_AND_SWAP
                  .handle()
                  .invokeExact(
                      originAddr, compareAddr, resultAddr, datatype, targetRank, targetDisp, win));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
