package io.weft.fabric.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.ffi.CType.longFunction;
import static io.weft.ffi.NativeLibrary.pointerFunction;

import io.weft.fabric.ffm.ObjectLayouts.fi_ops_eq;
import io.weft.fabric.ffm.ObjectLayouts.fid_eq;
import io.weft.ffi.Unchecked;
import java.lang.invoke.MethodHandle;

/** Event queues, fi_eq(3). */
@SuppressWarnings("doclint:missing") // parameters and results are those of the C prototype
public final class EventOperations {
  /**
   * {@code ssize_t fi_eq_read(struct fid_eq *eq, uint32_t *event, void *buf, size_t len, uint64_t
   * flags)}.
   */
  public static final Operation FI_EQ_READ =
      new Operation("fi_eq_read", fid_eq.ops, fi_ops_eq.read);

  /**
   * {@code ssize_t fi_eq_readerr(struct fid_eq *eq, struct fi_eq_err_entry *buf, uint64_t flags)}.
   */
  public static final Operation FI_EQ_READERR =
      new Operation("fi_eq_readerr", fid_eq.ops, fi_ops_eq.readerr);

  /**
   * {@code ssize_t fi_eq_write(struct fid_eq *eq, uint32_t event, const void *buf, size_t len,
   * uint64_t flags)}.
   */
  public static final Operation FI_EQ_WRITE =
      new Operation("fi_eq_write", fid_eq.ops, fi_ops_eq.write);

  /**
   * {@code const char *fi_eq_strerror(struct fid_eq *eq, int prov_errno, const void *err_data, char
   * *buf, size_t len)}.
   */
  public static final Operation FI_EQ_STRERROR =
      new Operation("fi_eq_strerror", fid_eq.ops, fi_ops_eq.strerror);

  private static final MethodHandle READ =
      pointerFunction(longFunction(POINTER, POINTER, POINTER, LONG, LONG));
  private static final MethodHandle READERR = pointerFunction(longFunction(POINTER, POINTER, LONG));
  private static final MethodHandle WRITE =
      pointerFunction(longFunction(POINTER, INT, POINTER, LONG, LONG));
  private static final MethodHandle STRERROR =
      pointerFunction(longFunction(POINTER, INT, POINTER, POINTER, LONG));

  private EventOperations() {}

  /** Reads one event; returns its length in bytes, or a negated error number. */
  public static long fi_eq_read(long eq, long event, long buf, long len) {
    try {
      return (long) READ.invokeExact(FI_EQ_READ.of(eq), eq, event, buf, len, 0L);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** Reads one failed event; returns its length in bytes, or a negated error number. */
  public static long fi_eq_readerr(long eq, long buf) {
    try {
      return (long) READERR.invokeExact(FI_EQ_READERR.of(eq), eq, buf, 0L);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** Inserts an event; returns its length in bytes, or a negated error number. */
  public static long fi_eq_write(long eq, int event, long buf, long len) {
    try {
      return (long) WRITE.invokeExact(FI_EQ_WRITE.of(eq), eq, event, buf, len, 0L);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** The address of the provider's text for one of its error numbers. */
  public static long fi_eq_strerror(long eq, int provErrno, long errData, long buf, long len) {
    try {
      return (long) STRERROR.invokeExact(FI_EQ_STRERROR.of(eq), eq, provErrno, errData, buf, len);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
