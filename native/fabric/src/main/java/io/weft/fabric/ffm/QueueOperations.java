package io.weft.fabric.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.ffi.CType.longFunction;
import static io.weft.ffi.NativeLibrary.pointerFunction;

import io.weft.fabric.ffm.ObjectLayouts.fi_ops_cq;
import io.weft.fabric.ffm.ObjectLayouts.fid_cq;
import io.weft.ffi.Unchecked;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Completion queues, fi_cq(3). */
@SuppressWarnings("doclint:missing") // parameters and results are those of the C prototype
public final class QueueOperations {
  /** {@code ssize_t fi_cq_read(struct fid_cq *cq, void *buf, size_t count)}. */
  public static final Operation FI_CQ_READ =
      new Operation("fi_cq_read", fid_cq.ops, fi_ops_cq.read);

  /**
   * {@code ssize_t fi_cq_readerr(struct fid_cq *cq, struct fi_cq_err_entry *buf, uint64_t flags)}.
   */
  public static final Operation FI_CQ_READERR =
      new Operation("fi_cq_readerr", fid_cq.ops, fi_ops_cq.readerr);

  /**
   * {@code const char *fi_cq_strerror(struct fid_cq *cq, int prov_errno, const void *err_data, char
   * *buf, size_t len)}.
   */
  public static final Operation FI_CQ_STRERROR =
      new Operation("fi_cq_strerror", fid_cq.ops, fi_ops_cq.strerror);

  private static final MethodHandle READ = pointerFunction(longFunction(POINTER, POINTER, LONG));
  private static final MethodHandle READERR = pointerFunction(longFunction(POINTER, POINTER, LONG));
  private static final MethodHandle STRERROR =
      pointerFunction(longFunction(POINTER, INT, POINTER, POINTER, LONG));

  private QueueOperations() {}

  /** Reads completions; returns how many, or a negated error number. */
  public static long fi_cq_read(MemorySegment function, long cq, long buf, long count) {
    try {
      return (long) READ.invokeExact(function, cq, buf, count);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** Reads one failed completion; returns 1 or a negated error number. */
  public static long fi_cq_readerr(long cq, long buf) {
    try {
      return (long) READERR.invokeExact(FI_CQ_READERR.of(cq), cq, buf, 0L);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** The address of the provider's text for one of its error numbers. */
  public static long fi_cq_strerror(long cq, int provErrno, long errData, long buf, long len) {
    try {
      return (long) STRERROR.invokeExact(FI_CQ_STRERROR.of(cq), cq, provErrno, errData, buf, len);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
