package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

/**
 * One-sided communication (MPI-4.0 section 12.3). Every method checks the code that the C function
 * returns and throws {@link io.weft.mpi.MpiException}; a function that the library lacks, {@link
 * UnsupportedOperationException}.
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
   * win)}, MPI-4.0 section 12.3; its large-count form past 2^31-1.
   *
   * @param originAddr the address at the origin
   * @param originCount elements at the origin
   * @param originDatatype their type
   * @param targetRank whose memory
   * @param targetDisp where in it
   * @param targetCount elements at the target
   * @param targetDatatype their type
   * @param win the window
   */
  public static void put(
      long originAddr,
      long originCount,
      long originDatatype,
      int targetRank,
      long targetDisp,
      long targetCount,
      long targetDatatype,
      long win) {
    try {
      if (originCount == (int) originCount && targetCount == (int) targetCount) {
        PUT.check(
            (int)
                PUT.handle()
                    .invokeExact(
                        originAddr,
                        (int) originCount,
                        originDatatype,
                        targetRank,
                        targetDisp,
                        (int) targetCount,
                        targetDatatype,
                        win));
      } else {
        Large.PUT.check(
            (int)
                Large.PUT
                    .handle()
                    .invokeExact(
                        originAddr,
                        originCount,
                        originDatatype,
                        targetRank,
                        targetDisp,
                        targetCount,
                        targetDatatype,
                        win));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(
          t, "originCount", originCount, "targetRank", targetRank, "targetCount", targetCount);
    }
  }

  /**
   * {@code int (void *origin_addr, int origin_count, MPI_Datatype origin_datatype, int target_rank,
   * MPI_Aint target_disp, int target_count, MPI_Datatype target_datatype, MPI_Win win)}, MPI-4.0
   * section 12.3; its large-count form past 2^31-1.
   *
   * @param originAddr the address at the origin
   * @param originCount elements at the origin
   * @param originDatatype their type
   * @param targetRank whose memory
   * @param targetDisp where in it
   * @param targetCount elements at the target
   * @param targetDatatype their type
   * @param win the window
   */
  public static void get(
      long originAddr,
      long originCount,
      long originDatatype,
      int targetRank,
      long targetDisp,
      long targetCount,
      long targetDatatype,
      long win) {
    try {
      if (originCount == (int) originCount && targetCount == (int) targetCount) {
        GET.check(
            (int)
                GET.handle()
                    .invokeExact(
                        originAddr,
                        (int) originCount,
                        originDatatype,
                        targetRank,
                        targetDisp,
                        (int) targetCount,
                        targetDatatype,
                        win));
      } else {
        Large.GET.check(
            (int)
                Large.GET
                    .handle()
                    .invokeExact(
                        originAddr,
                        originCount,
                        originDatatype,
                        targetRank,
                        targetDisp,
                        targetCount,
                        targetDatatype,
                        win));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(
          t, "originCount", originCount, "targetRank", targetRank, "targetCount", targetCount);
    }
  }

  /**
   * {@code int (const void *origin_addr, int origin_count, MPI_Datatype origin_datatype, int
   * target_rank, MPI_Aint target_disp, int target_count, MPI_Datatype target_datatype, MPI_Op op,
   * MPI_Win win)}, MPI-4.0 section 12.3; its large-count form past 2^31-1.
   *
   * @param originAddr the address at the origin
   * @param originCount elements at the origin
   * @param originDatatype their type
   * @param targetRank whose memory
   * @param targetDisp where in it
   * @param targetCount elements at the target
   * @param targetDatatype their type
   * @param op the operation
   * @param win the window
   */
  public static void accumulate(
      long originAddr,
      long originCount,
      long originDatatype,
      int targetRank,
      long targetDisp,
      long targetCount,
      long targetDatatype,
      long op,
      long win) {
    try {
      if (originCount == (int) originCount && targetCount == (int) targetCount) {
        ACCUMULATE.check(
            (int)
                ACCUMULATE
                    .handle()
                    .invokeExact(
                        originAddr,
                        (int) originCount,
                        originDatatype,
                        targetRank,
                        targetDisp,
                        (int) targetCount,
                        targetDatatype,
                        op,
                        win));
      } else {
        Large.ACCUMULATE.check(
            (int)
                Large.ACCUMULATE
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
      }
    } catch (Throwable t) {
      throw MpiErrors.told(
          t, "originCount", originCount, "targetRank", targetRank, "targetCount", targetCount);
    }
  }

  /**
   * {@code int (const void *origin_addr, int origin_count, MPI_Datatype origin_datatype, void
   * *result_addr, int result_count, MPI_Datatype result_datatype, int target_rank, MPI_Aint
   * target_disp, int target_count, MPI_Datatype target_datatype, MPI_Op op, MPI_Win win)}, MPI-4.0
   * section 12.3; its large-count form past 2^31-1.
   *
   * @param originAddr the address at the origin
   * @param originCount elements at the origin
   * @param originDatatype their type
   * @param resultAddr the address of the result
   * @param resultCount elements of the result
   * @param resultDatatype their type
   * @param targetRank whose memory
   * @param targetDisp where in it
   * @param targetCount elements at the target
   * @param targetDatatype their type
   * @param op the operation
   * @param win the window
   */
  public static void getAccumulate(
      long originAddr,
      long originCount,
      long originDatatype,
      long resultAddr,
      long resultCount,
      long resultDatatype,
      int targetRank,
      long targetDisp,
      long targetCount,
      long targetDatatype,
      long op,
      long win) {
    try {
      if (originCount == (int) originCount
          && resultCount == (int) resultCount
          && targetCount == (int) targetCount) {
        GET_ACCUMULATE.check(
            (int)
                GET_ACCUMULATE
                    .handle()
                    .invokeExact(
                        originAddr,
                        (int) originCount,
                        originDatatype,
                        resultAddr,
                        (int) resultCount,
                        resultDatatype,
                        targetRank,
                        targetDisp,
                        (int) targetCount,
                        targetDatatype,
                        op,
                        win));
      } else {
        Large.GET_ACCUMULATE.check(
            (int)
                Large.GET_ACCUMULATE
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
      }
    } catch (Throwable t) {
      throw MpiErrors.told(
          t,
          "originCount",
          originCount,
          "resultCount",
          resultCount,
          "targetRank",
          targetRank,
          "targetCount",
          targetCount);
    }
  }

  /**
   * {@code int (const void *origin_addr, void *result_addr, MPI_Datatype datatype, int target_rank,
   * MPI_Aint target_disp, MPI_Op op, MPI_Win win)}, MPI-4.0 section 12.3.
   *
   * @param originAddr the address at the origin
   * @param resultAddr the address of the result
   * @param datatype their type
   * @param targetRank whose memory
   * @param targetDisp where in it
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
      throw MpiErrors.told(t, "targetRank", targetRank);
    }
  }

  /**
   * {@code int (const void *origin_addr, const void *compare_addr, void *result_addr, MPI_Datatype
   * datatype, int target_rank, MPI_Aint target_disp, MPI_Win win)}, MPI-4.0 section 12.3.
   *
   * @param originAddr the address at the origin
   * @param compareAddr the address of the expected value
   * @param resultAddr the address of the result
   * @param datatype their type
   * @param targetRank whose memory
   * @param targetDisp where in it
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
      throw MpiErrors.told(t, "targetRank", targetRank);
    }
  }

  /** The same for counts past 2^31-1; bound when the first of them comes. */
  private static final class Large {
    private static final MpiFunction PUT =
        MpiFunction.of("MPI_Put_c", POINTER, LONG, HANDLE, INT, LONG, LONG, HANDLE, HANDLE);

    private static final MpiFunction GET =
        MpiFunction.of("MPI_Get_c", POINTER, LONG, HANDLE, INT, LONG, LONG, HANDLE, HANDLE);

    private static final MpiFunction ACCUMULATE =
        MpiFunction.of(
            "MPI_Accumulate_c", POINTER, LONG, HANDLE, INT, LONG, LONG, HANDLE, HANDLE, HANDLE);

    private static final MpiFunction GET_ACCUMULATE =
        MpiFunction.of(
            "MPI_Get_accumulate_c",
            POINTER,
            LONG,
            HANDLE,
            POINTER,
            LONG,
            HANDLE,
            INT,
            LONG,
            LONG,
            HANDLE,
            HANDLE,
            HANDLE);

    private Large() {}
  }
}
