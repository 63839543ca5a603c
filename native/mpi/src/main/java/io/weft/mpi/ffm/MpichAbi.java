package io.weft.mpi.ffm;

import io.weft.launch.MpiVendor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** MPICH 4 and the libraries of its ABI initiative: handles are {@code int} (its {@code mpi.h}). */
public final class MpichAbi implements MpiAbi {
  private static final String[] ERROR_CLASSES = {
    "MPI_SUCCESS",
    "MPI_ERR_BUFFER",
    "MPI_ERR_COUNT",
    "MPI_ERR_TYPE",
    "MPI_ERR_TAG",
    "MPI_ERR_COMM",
    "MPI_ERR_RANK",
    "MPI_ERR_ROOT",
    "MPI_ERR_GROUP",
    "MPI_ERR_OP",
    "MPI_ERR_TOPOLOGY",
    "MPI_ERR_DIMS",
    "MPI_ERR_ARG",
    "MPI_ERR_UNKNOWN",
    "MPI_ERR_TRUNCATE",
    "MPI_ERR_OTHER",
    "MPI_ERR_INTERN",
    "MPI_ERR_IN_STATUS",
    "MPI_ERR_PENDING",
    "MPI_ERR_REQUEST",
    "MPI_ERR_ACCESS",
    "MPI_ERR_AMODE",
    "MPI_ERR_BAD_FILE",
    "MPI_ERR_CONVERSION",
    "MPI_ERR_DUP_DATAREP",
    "MPI_ERR_FILE_EXISTS",
    "MPI_ERR_FILE_IN_USE",
    "MPI_ERR_FILE",
    "MPI_ERR_INFO",
    "MPI_ERR_INFO_KEY",
    "MPI_ERR_INFO_VALUE",
    "MPI_ERR_INFO_NOKEY",
    "MPI_ERR_IO",
    "MPI_ERR_NAME",
    "MPI_ERR_NO_MEM",
    "MPI_ERR_NOT_SAME",
    "MPI_ERR_NO_SPACE",
    "MPI_ERR_NO_SUCH_FILE",
    "MPI_ERR_PORT",
    "MPI_ERR_QUOTA",
    "MPI_ERR_READ_ONLY",
    "MPI_ERR_SERVICE",
    "MPI_ERR_SPAWN",
    "MPI_ERR_UNSUPPORTED_DATAREP",
    "MPI_ERR_UNSUPPORTED_OPERATION",
    "MPI_ERR_WIN",
    "MPI_ERR_BASE",
    "MPI_ERR_LOCKTYPE",
    "MPI_ERR_KEYVAL",
    "MPI_ERR_RMA_CONFLICT",
    "MPI_ERR_RMA_SYNC",
    "MPI_ERR_SIZE",
    "MPI_ERR_DISP",
    "MPI_ERR_ASSERT",
  };

  /** Makes the table. */
  public MpichAbi() {}

  @Override
  public MpiVendor vendor() {
    return MpiVendor.MPICH;
  }

  @Override
  public long handle(PredefinedHandle handle) {
    return switch (handle) {
      case MPI_COMM_WORLD -> 0x44000000;
      case MPI_COMM_SELF -> 0x44000001;
      case MPI_COMM_NULL -> 0x04000000;
      case MPI_REQUEST_NULL -> 0x2c000000;
      case MPI_INFO_NULL -> 0x1c000000;
      case MPI_ERRORS_RETURN -> 0x54000001;
      case MPI_BYTE -> 0x4c00010d;
      case MPI_INT32_T -> 0x4c000439;
      case MPI_INT64_T -> 0x4c00083a;
      case MPI_FLOAT -> 0x4c00040a;
      case MPI_DOUBLE -> 0x4c00080b;
      case MPI_MAX -> 0x58000001;
      case MPI_MIN -> 0x58000002;
      case MPI_SUM -> 0x58000003;
      case MPI_PROD -> 0x58000004;
      case MPI_REPLACE -> 0x5800000d;
      case MPI_NO_OP -> 0x5800000e;
    };
  }

  @Override
  public int handleBytes() {
    return 4;
  }

  @Override
  public long readHandle(MemorySegment memory, long offsetBytes) {
    return memory.get(ValueLayout.JAVA_INT, offsetBytes);
  }

  @Override
  public void writeHandle(MemorySegment memory, long offsetBytes, long handle) {
    memory.set(ValueLayout.JAVA_INT, offsetBytes, (int) handle);
  }

  @Override
  public int statusBytes() {
    return 20;
  }

  @Override
  public int statusSource() {
    return 8;
  }

  @Override
  public int statusTag() {
    return 12;
  }

  @Override
  public int statusError() {
    return 16;
  }

  @Override
  public long statusIgnore() {
    return 1;
  }

  @Override
  public long inPlace() {
    return -1;
  }

  @Override
  public int anySource() {
    return -2;
  }

  @Override
  public int procNull() {
    return -1;
  }

  @Override
  public int anyTag() {
    return -1;
  }

  @Override
  public int undefined() {
    return -32766;
  }

  @Override
  public int maxErrorString() {
    return 512;
  }

  @Override
  public int maxProcessorName() {
    return 128;
  }

  @Override
  public int maxLibraryVersionString() {
    return 8192;
  }

  @Override
  public int lockExclusive() {
    return 234;
  }

  @Override
  public int lockShared() {
    return 235;
  }

  @Override
  public int modeNoCheck() {
    return 1024;
  }

  @Override
  public int modeNoStore() {
    return 2048;
  }

  @Override
  public int modeNoPut() {
    return 4096;
  }

  @Override
  public int modeNoPrecede() {
    return 8192;
  }

  @Override
  public int modeNoSucceed() {
    return 16384;
  }

  @Override
  public boolean reducesInPlace() {
    // MPICH 4.0.2 reads from address -1 where the root is not rank 0 and the message is longer than
    // 2 KiB; a C program does the same.
    return false;
  }

  @Override
  public boolean finalizeNeedsQuiet() {
    // MPICH 4.0.2 over UCX 1.13's tcp: a rank that still polls, or has not talked to all others,
    // when the first of them closes its connections never ends its own. C programs do the same: of
    // 20 runs on 4 ranks that had only met in barriers 14 hung, 5 after 50 or 200 ms of quiet, and
    // none of 80 where all pairs had talked and been quiet. Where ranks poll for 30 ms more than
    // the rank before, all hang.
    return true;
  }

  @Override
  public String errorClassName(int errorClass) {
    return ErrorClassNames.of(ERROR_CLASSES, errorClass);
  }
}
