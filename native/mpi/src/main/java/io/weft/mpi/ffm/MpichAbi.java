package io.weft.mpi.ffm;

import io.weft.ffi.NativeLibrary;
import io.weft.ffi.NativeMemory;
import io.weft.launch.MpiVendor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** MPICH 4 and the libraries of its ABI initiative: handles are {@code int} (its {@code mpi.h}). */
public final class MpichAbi implements MpiAbi {
  private final long unweighted;

  /** 4.0, which has faults that later ones do not have. */
  private final boolean first;

  /**
   * Makes the table.
   *
   * @param library libmpi; {@code MPI_UNWEIGHTED} is a variable of it
   */
  public MpichAbi(NativeLibrary library) {
    this.unweighted = NativeMemory.pointerAt(library.address("MPI_UNWEIGHTED"));
    this.first = LibmpiFile.versionOf(library).matches("(?s).*MPICH Version:\\s+4\\.0.*");
  }

  @Override
  public long unweighted() {
    return unweighted;
  }

  @Override
  public MpiVendor vendor() {
    return MpiVendor.MPICH;
  }

  @Override
  public long handle(PredefinedHandle handle) {
    return handle.mpich();
  }

  @Override
  public String label() {
    return "mpich";
  }

  @Override
  public int value(MpiConstant constant) {
    return constant.mpich();
  }

  @Override
  public int number(MpiErrorClass errorClass) {
    return errorClass.mpich();
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

  /** MPICH 4.0's functions of files for large counts end the process where a count is large. */
  @Override
  public boolean lacks(String function) {
    return first && function.startsWith("MPI_File_") && function.endsWith("_c");
  }

  /** MPICH 4.0 ends the process where the handler is set: github.com/pmodels/mpich/issues/6028. */
  @Override
  public boolean lacks(PredefinedHandle handle) {
    return first && handle == PredefinedHandle.MPI_ERRORS_ABORT;
  }

  @Override
  public boolean waitallMayHang() {
    return false;
  }

  @Override
  public boolean dividesByFloatInt() {
    return true;
  }
}
