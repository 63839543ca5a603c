package mpi;

import io.weft.ffi.NativeMemory;
import io.weft.mpi.ffm.LibmpiFile;
import io.weft.mpi.ffm.MpiAbi;
import io.weft.mpi.ffm.MpiConstant;
import io.weft.mpi.ffm.MpiErrorClass;
import io.weft.mpi.ffm.PredefinedHandle;
import java.lang.foreign.ValueLayout;

/** The values of the libmpi that was found, and C's memory by address. */
final class Lib {
  static final MpiAbi ABI = LibmpiFile.current().abi();

  static final long IN_PLACE = ABI.inPlace();
  static final long COMM_NULL = ABI.handle(PredefinedHandle.MPI_COMM_NULL);
  static final long REQUEST_NULL = ABI.handle(PredefinedHandle.MPI_REQUEST_NULL);
  static final long INFO_NULL = ABI.handle(PredefinedHandle.MPI_INFO_NULL);
  static final int HANDLE_BYTES = ABI.handleBytes();
  static final int STATUS_BYTES = ABI.statusBytes();
  static final int PROC_NULL = ABI.procNull();
  static final int ANY_SOURCE = ABI.anySource();
  static final int ANY_TAG = ABI.anyTag();
  static final int UNDEFINED = ABI.undefined();

  private Lib() {}

  static int value(MpiConstant constant) {
    return ABI.value(constant);
  }

  static long handle(PredefinedHandle handle) {
    return ABI.handle(handle);
  }

  static int number(MpiErrorClass errorClass) {
    return ABI.number(errorClass);
  }

  static long readHandle(long address) {
    return ABI.readHandle(NativeMemory.EVERYTHING, address);
  }

  static void writeHandle(long address, long handle) {
    ABI.writeHandle(NativeMemory.EVERYTHING, address, handle);
  }

  static int readInt(long address) {
    return NativeMemory.EVERYTHING.get(ValueLayout.JAVA_INT, address);
  }

  static void writeInt(long address, int value) {
    NativeMemory.EVERYTHING.set(ValueLayout.JAVA_INT, address, value);
  }

  /**
   * At any address: MPICH's statuses have 20 bytes, so that every second one of an array is at half
   * a word.
   */
  static long readLong(long address) {
    return NativeMemory.EVERYTHING.get(ValueLayout.JAVA_LONG_UNALIGNED, address);
  }

  static void writeLong(long address, long value) {
    NativeMemory.EVERYTHING.set(ValueLayout.JAVA_LONG_UNALIGNED, address, value);
  }

  /** What C answers as {@code int}, true if not 0. */
  static boolean readFlag(long address) {
    return readInt(address) != 0;
  }
}
