package io.weft.mpi.ffm;

import io.weft.ffi.NativeLibrary;
import io.weft.launch.MpiVendor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.EnumSet;
import java.util.Set;

/** Open MPI 4.1 and 5.0: handles are addresses of exported objects (its {@code mpi.h}). */
public final class OpenMpiAbi implements MpiAbi {
  /** What 4.1 does not have: MPI-4.0 brought it. */
  private static final Set<PredefinedHandle> NEWER =
      EnumSet.of(PredefinedHandle.MPI_SESSION_NULL, PredefinedHandle.MPI_ERRORS_ABORT);

  private final long[] handles = new long[PredefinedHandle.values().length];

  /**
   * Looks up every predefined handle.
   *
   * @param library libmpi
   */
  public OpenMpiAbi(NativeLibrary library) {
    for (PredefinedHandle handle : PredefinedHandle.values()) {
      if (!NEWER.contains(handle) || library.exports(handle.openMpiSymbol())) {
        handles[handle.ordinal()] = library.address(handle.openMpiSymbol());
      }
    }
  }

  /** {@code ((int *) 2)} in its {@code mpi.h}. */
  @Override
  public long unweighted() {
    return 2;
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
  public String label() {
    return "openmpi";
  }

  @Override
  public int value(MpiConstant constant) {
    return constant.openMpi();
  }

  @Override
  public int number(MpiErrorClass errorClass) {
    return errorClass.openMpi();
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
  public boolean reducesInPlace() {
    return true;
  }

  @Override
  public boolean finalizeNeedsQuiet() {
    return false;
  }

  @Override
  public boolean lacks(PredefinedHandle handle) {
    return handles[handle.ordinal()] == 0;
  }

  @Override
  public boolean waitallMayHang() {
    // Open MPI 4.1.4 never returns from it after a receive was truncated; a C program does the
    // same.
    return true;
  }

  @Override
  public boolean dividesByFloatInt() {
    return false;
  }
}
