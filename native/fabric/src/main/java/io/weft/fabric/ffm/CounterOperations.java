package io.weft.fabric.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.ffi.CType.intFunction;
import static io.weft.ffi.CType.longFunction;
import static io.weft.ffi.NativeLibrary.pointerFunction;

import io.weft.fabric.ffm.ObjectLayouts.fi_ops_cntr;
import io.weft.fabric.ffm.ObjectLayouts.fid_cntr;
import io.weft.ffi.Unchecked;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Counters, fi_cntr(3). */
@SuppressWarnings("doclint:missing") // parameters and results are those of the C prototype
public final class CounterOperations {
  /** {@code uint64_t fi_cntr_read(struct fid_cntr *cntr)}. */
  public static final Operation FI_CNTR_READ =
      new Operation("fi_cntr_read", fid_cntr.ops, fi_ops_cntr.read);

  /** {@code uint64_t fi_cntr_readerr(struct fid_cntr *cntr)}. */
  public static final Operation FI_CNTR_READERR =
      new Operation("fi_cntr_readerr", fid_cntr.ops, fi_ops_cntr.readerr);

  /** {@code int fi_cntr_add(struct fid_cntr *cntr, uint64_t value)}. */
  public static final Operation FI_CNTR_ADD =
      new Operation("fi_cntr_add", fid_cntr.ops, fi_ops_cntr.add);

  /** {@code int fi_cntr_wait(struct fid_cntr *cntr, uint64_t threshold, int timeout)}. */
  public static final Operation FI_CNTR_WAIT =
      new Operation("fi_cntr_wait", fid_cntr.ops, fi_ops_cntr.wait);

  private static final MethodHandle READ = pointerFunction(longFunction(POINTER));
  private static final MethodHandle ADD = pointerFunction(intFunction(POINTER, LONG));
  private static final MethodHandle WAIT = pointerFunction(intFunction(POINTER, LONG, INT));

  private CounterOperations() {}

  /** {@code fi_cntr_read} or {@code fi_cntr_readerr}, whichever the function is. */
  public static long read(MemorySegment function, long cntr) {
    try {
      return (long) READ.invokeExact(function, cntr);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** Returns 0 or a negated error number. */
  public static int fi_cntr_add(long cntr, long value) {
    try {
      return (int) ADD.invokeExact(FI_CNTR_ADD.of(cntr), cntr, value);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** Blocks; the time-out is in milliseconds. Returns 0 or a negated error number. */
  public static int fi_cntr_wait(long cntr, long threshold, int timeout) {
    try {
      return (int) WAIT.invokeExact(FI_CNTR_WAIT.of(cntr), cntr, threshold, timeout);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
