package io.weft.mpi.ffm;

import io.weft.launch.MpiVendor;
import java.lang.foreign.MemorySegment;

/**
 * Every value that differs by MPI implementation. Handles travel as {@code long}: an address on
 * Open MPI and in the standard ABI, an {@code int} in the low half of the register on MPICH.
 *
 * <p>Immutable; safe from any thread.
 */
public interface MpiAbi {
  /**
   * The family.
   *
   * @return the vendor
   */
  MpiVendor vendor();

  /**
   * The word by which {@code WEFT_MPI_ABI} forces this table.
   *
   * @return {@code openmpi}, {@code mpich} or {@code standard}
   */
  String label();

  /**
   * A constant of {@code mpi.h}.
   *
   * @param constant which
   * @return its value in this library
   */
  int value(MpiConstant constant);

  /**
   * An error class.
   *
   * @param errorClass which
   * @return its number in this library, or -1 if it has none
   */
  int number(MpiErrorClass errorClass);

  /**
   * {@code MPI_UNWEIGHTED}.
   *
   * @return the pointer
   */
  long unweighted();

  /**
   * A predefined handle.
   *
   * @param handle which
   * @return its value in this library, of no use where it {@linkplain #lacks(PredefinedHandle)
   *     lacks} it
   */
  long handle(PredefinedHandle handle);

  /**
   * The length of a handle in memory, in bytes: 8 or 4; that of {@code MPI_File} is 8 always.
   *
   * @return {@code sizeof(MPI_Comm)}, which equals {@code sizeof(MPI_Request)}
   */
  int handleBytes();

  /**
   * Reads a handle that the library wrote.
   *
   * @param memory where
   * @param offsetBytes the handle's place in it
   * @return the handle
   */
  long readHandle(MemorySegment memory, long offsetBytes);

  /**
   * Writes a handle for the library to read.
   *
   * @param memory where
   * @param offsetBytes the handle's place in it
   * @param handle the handle
   */
  void writeHandle(MemorySegment memory, long offsetBytes, long handle);

  /**
   * {@code sizeof(MPI_Status)}.
   *
   * @return bytes
   */
  int statusBytes();

  /**
   * {@code offsetof(MPI_Status, MPI_SOURCE)}.
   *
   * @return bytes
   */
  int statusSource();

  /**
   * {@code offsetof(MPI_Status, MPI_TAG)}.
   *
   * @return bytes
   */
  int statusTag();

  /**
   * {@code offsetof(MPI_Status, MPI_ERROR)}.
   *
   * @return bytes
   */
  int statusError();

  /**
   * {@code MPI_STATUS_IGNORE}.
   *
   * @return the pointer
   */
  default long statusIgnore() {
    return value(MpiConstant.MPI_STATUS_IGNORE);
  }

  /**
   * {@code MPI_IN_PLACE}.
   *
   * @return the pointer
   */
  default long inPlace() {
    return value(MpiConstant.MPI_IN_PLACE);
  }

  /**
   * {@code MPI_ANY_SOURCE}.
   *
   * @return the rank
   */
  default int anySource() {
    return value(MpiConstant.MPI_ANY_SOURCE);
  }

  /**
   * {@code MPI_PROC_NULL}.
   *
   * @return the rank
   */
  default int procNull() {
    return value(MpiConstant.MPI_PROC_NULL);
  }

  /**
   * {@code MPI_ANY_TAG}.
   *
   * @return the tag
   */
  default int anyTag() {
    return value(MpiConstant.MPI_ANY_TAG);
  }

  /**
   * {@code MPI_UNDEFINED}.
   *
   * @return the count
   */
  default int undefined() {
    return value(MpiConstant.MPI_UNDEFINED);
  }

  /**
   * {@code MPI_MAX_ERROR_STRING}.
   *
   * @return bytes
   */
  default int maxErrorString() {
    return value(MpiConstant.MPI_MAX_ERROR_STRING);
  }

  /**
   * {@code MPI_MAX_PROCESSOR_NAME}.
   *
   * @return bytes
   */
  default int maxProcessorName() {
    return value(MpiConstant.MPI_MAX_PROCESSOR_NAME);
  }

  /**
   * {@code MPI_MAX_LIBRARY_VERSION_STRING}.
   *
   * @return bytes
   */
  default int maxLibraryVersionString() {
    return value(MpiConstant.MPI_MAX_LIBRARY_VERSION_STRING);
  }

  /**
   * {@code MPI_LOCK_EXCLUSIVE}.
   *
   * @return the lock type
   */
  default int lockExclusive() {
    return value(MpiConstant.MPI_LOCK_EXCLUSIVE);
  }

  /**
   * {@code MPI_LOCK_SHARED}.
   *
   * @return the lock type
   */
  default int lockShared() {
    return value(MpiConstant.MPI_LOCK_SHARED);
  }

  /**
   * {@code MPI_MODE_NOCHECK}.
   *
   * @return the assertion
   */
  default int modeNoCheck() {
    return value(MpiConstant.MPI_MODE_NOCHECK);
  }

  /**
   * {@code MPI_MODE_NOSTORE}.
   *
   * @return the assertion
   */
  default int modeNoStore() {
    return value(MpiConstant.MPI_MODE_NOSTORE);
  }

  /**
   * {@code MPI_MODE_NOPUT}.
   *
   * @return the assertion
   */
  default int modeNoPut() {
    return value(MpiConstant.MPI_MODE_NOPUT);
  }

  /**
   * {@code MPI_MODE_NOPRECEDE}.
   *
   * @return the assertion
   */
  default int modeNoPrecede() {
    return value(MpiConstant.MPI_MODE_NOPRECEDE);
  }

  /**
   * {@code MPI_MODE_NOSUCCEED}.
   *
   * @return the assertion
   */
  default int modeNoSucceed() {
    return value(MpiConstant.MPI_MODE_NOSUCCEED);
  }

  /**
   * Whether {@code MPI_Reduce} takes {@code MPI_IN_PLACE} at its root.
   *
   * @return false where it may end the process
   */
  boolean reducesInPlace();

  /**
   * Whether {@code MPI_Finalize} needs all ranks to have been still for a moment.
   *
   * @return true if it may hang otherwise
   */
  boolean finalizeNeedsQuiet();

  /**
   * Whether {@code MPI_Waitall} may never return where an operation has failed.
   *
   * @return true if {@code MPI_Testall} has to be used in its place
   */
  boolean waitallMayHang();

  /**
   * Whether {@code MPI_Get_elements} divides by zero where all basic elements are of {@code
   * MPI_FLOAT_INT}.
   *
   * @return true if it ends the process
   */
  boolean dividesByFloatInt();

  /**
   * Whether a function that the library exports must not be called.
   *
   * @param function its name in C
   * @return true if it is to be taken as one that the library lacks
   */
  default boolean lacks(String function) {
    return false;
  }

  /**
   * Whether a predefined handle must not be used.
   *
   * @param handle which
   * @return true if the library does not have it, or has it and ends the process where it is used
   */
  default boolean lacks(PredefinedHandle handle) {
    return false;
  }

  /**
   * The name of an error class.
   *
   * @param errorClass what {@code MPI_Error_class} gave
   * @return such as {@code MPI_ERR_TRUNCATE}, or the number if the table has no name
   */
  default String errorClassName(int errorClass) {
    for (MpiErrorClass each : MpiErrorClass.values()) {
      if (number(each) == errorClass) {
        return each.name();
      }
    }
    return "error class " + errorClass;
  }
}
