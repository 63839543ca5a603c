package io.weft.mpi.ffm;

import io.weft.ffi.NativeLibrary;
import io.weft.launch.MpiVendor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Open MPI 4.1 and 5.0: handles are addresses of exported objects (its {@code mpi.h}). */
public final class OpenMpiAbi implements MpiAbi {
  private static final String[] ERROR_CLASSES = {
    "MPI_SUCCESS",
    "MPI_ERR_BUFFER",
    "MPI_ERR_COUNT",
    "MPI_ERR_TYPE",
    "MPI_ERR_TAG",
    "MPI_ERR_COMM",
    "MPI_ERR_RANK",
    "MPI_ERR_REQUEST",
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
    "MPI_ERR_ACCESS",
    "MPI_ERR_AMODE",
    "MPI_ERR_ASSERT",
    "MPI_ERR_BAD_FILE",
    "MPI_ERR_BASE",
    "MPI_ERR_CONVERSION",
    "MPI_ERR_DISP",
    "MPI_ERR_DUP_DATAREP",
    "MPI_ERR_FILE_EXISTS",
    "MPI_ERR_FILE_IN_USE",
    "MPI_ERR_FILE",
    "MPI_ERR_INFO_KEY",
    "MPI_ERR_INFO_NOKEY",
    "MPI_ERR_INFO_VALUE",
    "MPI_ERR_INFO",
    "MPI_ERR_IO",
    "MPI_ERR_KEYVAL",
    "MPI_ERR_LOCKTYPE",
    "MPI_ERR_NAME",
    "MPI_ERR_NO_MEM",
    "MPI_ERR_NOT_SAME",
    "MPI_ERR_NO_SPACE",
    "MPI_ERR_NO_SUCH_FILE",
    "MPI_ERR_PORT",
    "MPI_ERR_QUOTA",
    "MPI_ERR_READ_ONLY",
    "MPI_ERR_RMA_CONFLICT",
    "MPI_ERR_RMA_SYNC",
    "MPI_ERR_SERVICE",
    "MPI_ERR_SIZE",
    "MPI_ERR_SPAWN",
    "MPI_ERR_UNSUPPORTED_DATAREP",
    "MPI_ERR_UNSUPPORTED_OPERATION",
    "MPI_ERR_WIN",
  };

  private final long[] handles = new long[PredefinedHandle.values().length];

  /**
   * Looks up every predefined handle.
   *
   * @param library libmpi
   */
  public OpenMpiAbi(NativeLibrary library) {
    for (PredefinedHandle handle : PredefinedHandle.values()) {
      handles[handle.ordinal()] = library.address(handle.openMpiSymbol());
    }
  }

  @Override
  public MpiVendor vendor() {
    return MpiVendor.OPEN_MPI;
  }

  @Override
  public long handle(PredefinedHandle handle) {
    return handles[handle.ordinal()];
  }

  @Override
  public int handleBytes() {
    return 8;
  }

  @Override
  public long readHandle(MemorySegment memory, long offsetBytes) {
    return memory.get(ValueLayout.JAVA_LONG, offsetBytes);
  }

  @Override
  public void writeHandle(MemorySegment memory, long offsetBytes, long handle) {
    memory.set(ValueLayout.JAVA_LONG, offsetBytes, handle);
  }

  @Override
  public int statusBytes() {
    return 24;
  }

  @Override
  public int statusSource() {
    return 0;
  }

  @Override
  public int statusTag() {
    return 4;
  }

  @Override
  public int statusError() {
    return 8;
  }

  @Override
  public long statusIgnore() {
    return 0;
  }

  @Override
  public long inPlace() {
    return 1;
  }

  @Override
  public int anySource() {
    return -1;
  }

  @Override
  public int procNull() {
    return -2;
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
    return 256;
  }

  @Override
  public int maxProcessorName() {
    return 256;
  }

  @Override
  public int maxLibraryVersionString() {
    return 256;
  }

  @Override
  public int lockExclusive() {
    return 1;
  }

  @Override
  public int lockShared() {
    return 2;
  }

  @Override
  public int modeNoCheck() {
    return 1;
  }

  @Override
  public int modeNoStore() {
    return 8;
  }

  @Override
  public int modeNoPut() {
    return 4;
  }

  @Override
  public int modeNoPrecede() {
    return 2;
  }

  @Override
  public int modeNoSucceed() {
    return 16;
  }

  @Override
  public boolean reducesInPlace() {
    return true;
  }

  @Override
  public boolean finalizeNeedsQuiet() {
    return false;
  }

  @Override
  public String errorClassName(int errorClass) {
    return ErrorClassNames.of(ERROR_CLASSES, errorClass);
  }
}
