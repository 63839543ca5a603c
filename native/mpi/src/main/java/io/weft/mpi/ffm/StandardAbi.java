package io.weft.mpi.ffm;

import io.weft.launch.MpiVendor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The ABI of the MPI standard itself (MPI-5.0 chapter 20), {@code libmpi_abi.so}: handles are
 * pointers whose predefined values are small numbers. Whose library it is makes no difference to
 * these values, but to what it does wrong.
 */
public final class StandardAbi implements MpiAbi {
  private final MpiVendor vendor;

  /**
   * Makes the table.
   *
   * @param vendor who made the library
   */
  public StandardAbi(MpiVendor vendor) {
    this.vendor = vendor;
  }

  @Override
  public MpiVendor vendor() {
    return vendor;
  }

  @Override
  public String label() {
    return "standard";
  }

  @Override
  public int value(MpiConstant constant) {
    return constant.standard();
  }

  @Override
  public int number(MpiErrorClass errorClass) {
    return errorClass.standard();
  }

  /** {@code ((int *) 10)} (MPI-5.0 section A.1.1). */
  @Override
  public long unweighted() {
    return 10;
  }

  @Override
  public long handle(PredefinedHandle handle) {
    return handle.standard();
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
    return 32;
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

  /** As {@link MpichAbi#reducesInPlace} where it is MPICH. */
  @Override
  public boolean reducesInPlace() {
    return vendor != MpiVendor.MPICH;
  }

  /** As {@link MpichAbi#finalizeNeedsQuiet} where it is MPICH. */
  @Override
  public boolean finalizeNeedsQuiet() {
    return vendor == MpiVendor.MPICH;
  }

  /** As {@link OpenMpiAbi#waitallMayHang} where it is Open MPI. */
  @Override
  public boolean waitallMayHang() {
    return vendor == MpiVendor.OPEN_MPI;
  }

  /** As {@link MpichAbi#dividesByFloatInt} where it is MPICH. */
  @Override
  public boolean dividesByFloatInt() {
    return vendor == MpiVendor.MPICH;
  }
}
