package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

/**
 * Messages in partitions (MPI-4.0 chapter 4). Every method checks the code that the C function
 * returns and throws {@link io.weft.mpi.MpiException}; a function that the library lacks, {@link
 * UnsupportedOperationException}.
 */
public final class MpiPartitioned {
  private static final MpiFunction PSEND_INIT =
      MpiFunction.of(
          "MPI_Psend_init", POINTER, INT, LONG, HANDLE, INT, INT, HANDLE, HANDLE, POINTER);

  private static final MpiFunction PRECV_INIT =
      MpiFunction.of(
          "MPI_Precv_init", POINTER, INT, LONG, HANDLE, INT, INT, HANDLE, HANDLE, POINTER);

  private static final MpiFunction PREADY = MpiFunction.of("MPI_Pready", INT, HANDLE);

  private static final MpiFunction PREADY_RANGE =
      MpiFunction.of("MPI_Pready_range", INT, INT, HANDLE);

  private static final MpiFunction PREADY_LIST =
      MpiFunction.of("MPI_Pready_list", INT, POINTER, HANDLE);

  private static final MpiFunction PARRIVED = MpiFunction.of("MPI_Parrived", HANDLE, INT, POINTER);

  private MpiPartitioned() {}

  /**
   * {@code int (const void *buf, int partitions, MPI_Count count, MPI_Datatype datatype, int dest,
   * int tag, MPI_Comm comm, MPI_Info info, MPI_Request *request)}, MPI-4.0 section 4.2.1.
   *
   * @param buf the address of the buffer
   * @param partitions how many
   * @param count elements of a partition
   * @param datatype their type
   * @param dest the other rank
   * @param tag the tag
   * @param comm the communicator
   * @param info hints
   * @param request the address of the request
   */
  public static void psendInit(
      long buf,
      int partitions,
      long count,
      long datatype,
      int dest,
      int tag,
      long comm,
      long info,
      long request) {
    try {
      PSEND_INIT.check(
          (int)
              PSEND_INIT
                  .handle()
                  .invokeExact(buf, partitions, count, datatype, dest, tag, comm, info, request));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "partitions", partitions, "dest", dest, "tag", tag);
    }
  }

  /**
   * {@code int (void *buf, int partitions, MPI_Count count, MPI_Datatype datatype, int source, int
   * tag, MPI_Comm comm, MPI_Info info, MPI_Request *request)}, MPI-4.0 section 4.2.1.
   *
   * @param buf the address of the buffer
   * @param partitions how many
   * @param count elements of a partition
   * @param datatype their type
   * @param source the other rank
   * @param tag the tag
   * @param comm the communicator
   * @param info hints
   * @param request the address of the request
   */
  public static void precvInit(
      long buf,
      int partitions,
      long count,
      long datatype,
      int source,
      int tag,
      long comm,
      long info,
      long request) {
    try {
      PRECV_INIT.check(
          (int)
              PRECV_INIT
                  .handle()
                  .invokeExact(buf, partitions, count, datatype, source, tag, comm, info, request));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "partitions", partitions, "source", source, "tag", tag);
    }
  }

  /**
   * {@code int (int partition, MPI_Request request)}, MPI-4.0 section 4.2.1.
   *
   * @param partition which
   * @param request the request
   */
  public static void pready(int partition, long request) {
    try {
      PREADY.check((int) PREADY.handle().invokeExact(partition, request));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "partition", partition);
    }
  }

  /**
   * {@code int (int partition_low, int partition_high, MPI_Request request)}, MPI-4.0 section
   * 4.2.1.
   *
   * @param partitionLow the first
   * @param partitionHigh the last
   * @param request the request
   */
  public static void preadyRange(int partitionLow, int partitionHigh, long request) {
    try {
      PREADY_RANGE.check(
          (int) PREADY_RANGE.handle().invokeExact(partitionLow, partitionHigh, request));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "partitionLow", partitionLow, "partitionHigh", partitionHigh);
    }
  }

  /**
   * {@code int (int length, const int array_of_partitions[], MPI_Request request)}, MPI-4.0 section
   * 4.2.1.
   *
   * @param length how many
   * @param arrayOfPartitions the address of their numbers
   * @param request the request
   */
  public static void preadyList(int length, long arrayOfPartitions, long request) {
    try {
      PREADY_LIST.check((int) PREADY_LIST.handle().invokeExact(length, arrayOfPartitions, request));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "length", length);
    }
  }

  /**
   * {@code int (MPI_Request request, int partition, int *flag)}, MPI-4.0 section 4.2.2.
   *
   * @param request the request
   * @param partition which
   * @param flag the address of the answer
   */
  public static void parrived(long request, int partition, long flag) {
    try {
      PARRIVED.check((int) PARRIVED.handle().invokeExact(request, partition, flag));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "partition", partition);
    }
  }
}
