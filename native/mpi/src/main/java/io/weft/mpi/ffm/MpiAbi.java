package io.weft.mpi.ffm;

import io.weft.launch.MpiVendor;
import java.lang.foreign.MemorySegment;

/**
 * Every value that differs by MPI implementation. Handles travel as {@code long}: an address on
 * Open MPI, an {@code int} in the low half of the register on MPICH.
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
   * A predefined handle.
   *
   * @param handle which
   * @return its value in this library
   */
  long handle(PredefinedHandle handle);

  /**
   * The length of a handle in memory, in bytes: 8 or 4.
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
  long statusIgnore();

  /**
   * {@code MPI_IN_PLACE}.
   *
   * @return the pointer
   */
  long inPlace();

  /**
   * {@code MPI_ANY_SOURCE}.
   *
   * @return the rank
   */
  int anySource();

  /**
   * {@code MPI_PROC_NULL}.
   *
   * @return the rank
   */
  int procNull();

  /**
   * {@code MPI_ANY_TAG}.
   *
   * @return the tag
   */
  int anyTag();

  /**
   * {@code MPI_UNDEFINED}.
   *
   * @return the count
   */
  int undefined();

  /**
   * {@code MPI_MAX_ERROR_STRING}.
   *
   * @return bytes
   */
  int maxErrorString();

  /**
   * {@code MPI_MAX_PROCESSOR_NAME}.
   *
   * @return bytes
   */
  int maxProcessorName();

  /**
   * {@code MPI_MAX_LIBRARY_VERSION_STRING}.
   *
   * @return bytes
   */
  int maxLibraryVersionString();

  /**
   * {@code MPI_LOCK_EXCLUSIVE}.
   *
   * @return the lock type
   */
  int lockExclusive();

  /**
   * {@code MPI_LOCK_SHARED}.
   *
   * @return the lock type
   */
  int lockShared();

  /**
   * {@code MPI_MODE_NOCHECK}.
   *
   * @return the assertion
   */
  int modeNoCheck();

  /**
   * {@code MPI_MODE_NOSTORE}.
   *
   * @return the assertion
   */
  int modeNoStore();

  /**
   * {@code MPI_MODE_NOPUT}.
   *
   * @return the assertion
   */
  int modeNoPut();

  /**
   * {@code MPI_MODE_NOPRECEDE}.
   *
   * @return the assertion
   */
  int modeNoPrecede();

  /**
   * {@code MPI_MODE_NOSUCCEED}.
   *
   * @return the assertion
   */
  int modeNoSucceed();

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
   * The name of an error class.
   *
   * @param errorClass what {@code MPI_Error_class} gave
   * @return such as {@code MPI_ERR_TRUNCATE}, or the number if the table has no name
   */
  String errorClassName(int errorClass);
}
