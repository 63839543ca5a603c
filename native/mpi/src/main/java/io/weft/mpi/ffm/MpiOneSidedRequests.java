package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

/**
 * One-sided communication with a request (MPI-4.0 section 12.3.5). Every method checks the code
 * that the C function returns and throws {@link io.weft.mpi.MpiException}; a function that the
 * library lacks, {@link UnsupportedOperationException}.
 */
public final class MpiOneSidedRequests {
  private static final MpiFunction RPUT =
      MpiFunction.of("MPI_Rput", POINTER, INT, HANDLE, INT, LONG, INT, HANDLE, HANDLE, POINTER);

  private static final MpiFunction RGET =
      MpiFunction.of("MPI_Rget", POINTER, INT, HANDLE, INT, LONG, INT, HANDLE, HANDLE, POINTER);

  private static final MpiFunction RACCUMULATE =
      MpiFunction.of(
          "MPI_Raccumulate", POINTER, INT, HANDLE, INT, LONG, INT, HANDLE, HANDLE, HANDLE, POINTER);

  private static final MpiFunction RGET_ACCUMULATE =
      MpiFunction.of(
          "MPI_Rget_accumulate",
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
          HANDLE,
          POINTER);

  private MpiOneSidedRequests() {}

  /**
   * {@code int (const void *origin_addr, int origin_count, MPI_Datatype origin_datatype, int
   * target_rank, MPI_Aint target_disp, int target_count, MPI_Datatype target_datatype, MPI_Win win,
   * MPI_Request *request)}, MPI-4.0 section 12.3; its large-count form past 2^31-1.
   *
   * @param originAddr the address at the origin
   * @param originCount elements at the origin
   * @param originDatatype their type
   * @param targetRank whose memory
   * @param targetDisp where in it
   * @param targetCount elements at the target
   * @param targetDatatype their type
   * @param win the window
   * @param request the address of the request
   */
  public static void rput(
      long originAddr,
      long originCount,
      long originDatatype,
      int targetRank,
      long targetDisp,
      long targetCount,
      long targetDatatype,
      long win,
      long request) {
    try {
      if (originCount == (int) originCount && targetCount == (int) targetCount) {
        RPUT.check(
            (int)
                RPUT.handle()
                    .invokeExact(
                        originAddr,
                        (int) originCount,
                        originDatatype,
                        targetRank,
                        targetDisp,
                        (int) targetCount,
                        targetDatatype,
                        win,
                        request));
      } else {
        Large.RPUT.check(
            (int)
                Large.RPUT
                    .handle()
                    .invokeExact(
                        originAddr,
                        originCount,
                        originDatatype,
                        targetRank,
                        targetDisp,
                        targetCount,
                        targetDatatype,
                        win,
                        request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(
          t, "originCount", originCount, "targetRank", targetRank, "targetCount", targetCount);
    }
  }

  /**
   * {@code int (void *origin_addr, int origin_count, MPI_Datatype origin_datatype, int target_rank,
   * MPI_Aint target_disp, int target_count, MPI_Datatype target_datatype, MPI_Win win, MPI_Request
   * *request)}, MPI-4.0 section 12.3; its large-count form past 2^31-1.
   *
   * @param originAddr the address at the origin
   * @param originCount elements at the origin
   * @param originDatatype their type
   * @param targetRank whose memory
   * @param targetDisp where in it
   * @param targetCount elements at the target
   * @param targetDatatype their type
   * @param win the window
   * @param request the address of the request
   */
  public static void rget(
      long originAddr,
      long originCount,
      long originDatatype,
      int targetRank,
      long targetDisp,
      long targetCount,
      long targetDatatype,
      long win,
      long request) {
    try {
      if (originCount == (int) originCount && targetCount == (int) targetCount) {
        RGET.check(
            (int)
                RGET.handle()
                    .invokeExact(
                        originAddr,
                        (int) originCount,
                        originDatatype,
                        targetRank,
                        targetDisp,
                        (int) targetCount,
                        targetDatatype,
                        win,
                        request));
      } else {
        Large.RGET.check(
            (int)
                Large.RGET
                    .handle()
                    .invokeExact(
                        originAddr,
                        originCount,
                        originDatatype,
                        targetRank,
                        targetDisp,
                        targetCount,
                        targetDatatype,
                        win,
                        request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(
          t, "originCount", originCount, "targetRank", targetRank, "targetCount", targetCount);
    }
  }

  /**
   * {@code int (const void *origin_addr, int origin_count, MPI_Datatype origin_datatype, int
   * target_rank, MPI_Aint target_disp, int target_count, MPI_Datatype target_datatype, MPI_Op op,
   * MPI_Win win, MPI_Request *request)}, MPI-4.0 section 12.3; its large-count form past 2^31-1.
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
   * @param request the address of the request
   */
  public static void raccumulate(
      long originAddr,
      long originCount,
      long originDatatype,
      int targetRank,
      long targetDisp,
      long targetCount,
      long targetDatatype,
      long op,
      long win,
      long request) {
    try {
      if (originCount == (int) originCount && targetCount == (int) targetCount) {
        RACCUMULATE.check(
            (int)
                RACCUMULATE
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
                        win,
                        request));
      } else {
        Large.RACCUMULATE.check(
            (int)
                Large.RACCUMULATE
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
                        win,
                        request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(
          t, "originCount", originCount, "targetRank", targetRank, "targetCount", targetCount);
    }
  }

  /**
   * {@code int (const void *origin_addr, int origin_count, MPI_Datatype origin_datatype, void
   * *result_addr, int result_count, MPI_Datatype result_datatype, int target_rank, MPI_Aint
   * target_disp, int target_count, MPI_Datatype target_datatype, MPI_Op op, MPI_Win win,
   * MPI_Request *request)}, MPI-4.0 section 12.3; its large-count form past 2^31-1.
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
   * @param request the address of the request
   */
  public static void rgetAccumulate(
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
      long win,
      long request) {
    try {
      if (originCount == (int) originCount
          && resultCount == (int) resultCount
          && targetCount == (int) targetCount) {
        RGET_ACCUMULATE.check(
            (int)
                RGET_ACCUMULATE
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
                        win,
                        request));
      } else {
        Large.RGET_ACCUMULATE.check(
            (int)
                Large.RGET_ACCUMULATE
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
                        win,
                        request));
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

  /** The same for counts past 2^31-1; bound when the first of them comes. */
  private static final class Large {
    private static final MpiFunction RPUT =
        MpiFunction.of(
            "MPI_Rput_c", POINTER, LONG, HANDLE, INT, LONG, LONG, HANDLE, HANDLE, POINTER);

    private static final MpiFunction RGET =
        MpiFunction.of(
            "MPI_Rget_c", POINTER, LONG, HANDLE, INT, LONG, LONG, HANDLE, HANDLE, POINTER);

    private static final MpiFunction RACCUMULATE =
        MpiFunction.of(
            "MPI_Raccumulate_c",
            POINTER,
            LONG,
            HANDLE,
            INT,
            LONG,
            LONG,
            HANDLE,
            HANDLE,
            HANDLE,
            POINTER);

    private static final MpiFunction RGET_ACCUMULATE =
        MpiFunction.of(
            "MPI_Rget_accumulate_c",
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
            HANDLE,
            POINTER);

    private Large() {}
  }
}
