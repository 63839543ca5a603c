package io.weft.fabric.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.ffi.CType.intFunction;
import static io.weft.ffi.CType.longFunction;
import static io.weft.ffi.NativeLibrary.pointerFunction;

import io.weft.fabric.ffm.ObjectLayouts.fi_ops_atomic;
import io.weft.fabric.ffm.ObjectLayouts.fid_ep;
import io.weft.ffi.Unchecked;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Atomic operations on a peer's memory, fi_atomic(3). The first argument is the function that
 * {@link Operation#of} found when the endpoint opened; the result is 0 or a negated error number.
 */
@SuppressWarnings("doclint:missing") // parameters and results are those of the C prototype
public final class AtomicOperations {
  /**
   * {@code ssize_t fi_atomic(struct fid_ep *ep, const void *buf, size_t count, void *desc,
   * fi_addr_t dest_addr, uint64_t addr, uint64_t key, enum fi_datatype datatype, enum fi_op op,
   * void *context)}.
   */
  public static final Operation FI_ATOMIC =
      new Operation("fi_atomic", fid_ep.atomic, fi_ops_atomic.write);

  /**
   * {@code ssize_t fi_inject_atomic(struct fid_ep *ep, const void *buf, size_t count, fi_addr_t
   * dest_addr, uint64_t addr, uint64_t key, enum fi_datatype datatype, enum fi_op op)}.
   */
  public static final Operation FI_INJECT_ATOMIC =
      new Operation("fi_inject_atomic", fid_ep.atomic, fi_ops_atomic.inject);

  /**
   * {@code ssize_t fi_fetch_atomic(struct fid_ep *ep, const void *buf, size_t count, void *desc,
   * void *result, void *result_desc, fi_addr_t dest_addr, uint64_t addr, uint64_t key, enum
   * fi_datatype datatype, enum fi_op op, void *context)}.
   */
  public static final Operation FI_FETCH_ATOMIC =
      new Operation("fi_fetch_atomic", fid_ep.atomic, fi_ops_atomic.readwrite);

  /**
   * {@code ssize_t fi_compare_atomic(struct fid_ep *ep, const void *buf, size_t count, void *desc,
   * const void *compare, void *compare_desc, void *result, void *result_desc, fi_addr_t dest_addr,
   * uint64_t addr, uint64_t key, enum fi_datatype datatype, enum fi_op op, void *context)}.
   */
  public static final Operation FI_COMPARE_ATOMIC =
      new Operation("fi_compare_atomic", fid_ep.atomic, fi_ops_atomic.compwrite);

  /**
   * {@code int fi_atomicvalid(struct fid_ep *ep, enum fi_datatype datatype, enum fi_op op, size_t
   * *count)}.
   */
  public static final Operation FI_ATOMICVALID =
      new Operation("fi_atomicvalid", fid_ep.atomic, fi_ops_atomic.writevalid);

  /** {@code int fi_fetch_atomicvalid(...)}, as {@link #FI_ATOMICVALID}. */
  public static final Operation FI_FETCH_ATOMICVALID =
      new Operation("fi_fetch_atomicvalid", fid_ep.atomic, fi_ops_atomic.readwritevalid);

  /** {@code int fi_compare_atomicvalid(...)}, as {@link #FI_ATOMICVALID}. */
  public static final Operation FI_COMPARE_ATOMICVALID =
      new Operation("fi_compare_atomicvalid", fid_ep.atomic, fi_ops_atomic.compwritevalid);

  private static final MethodHandle ATOMIC =
      pointerFunction(
          longFunction(POINTER, POINTER, LONG, POINTER, LONG, LONG, LONG, INT, INT, POINTER));
  private static final MethodHandle INJECT =
      pointerFunction(longFunction(POINTER, POINTER, LONG, LONG, LONG, LONG, INT, INT));
  private static final MethodHandle FETCH =
      pointerFunction(
          longFunction(
              POINTER, POINTER, LONG, POINTER, POINTER, POINTER, LONG, LONG, LONG, INT, INT,
              POINTER));
  private static final MethodHandle COMPARE =
      pointerFunction(
          longFunction(
              POINTER, POINTER, LONG, POINTER, POINTER, POINTER, POINTER, POINTER, LONG, LONG, LONG,
              INT, INT, POINTER));
  private static final MethodHandle VALID =
      pointerFunction(intFunction(POINTER, INT, INT, POINTER));

  private AtomicOperations() {}

  /** Posts an operation that returns nothing. */
  public static long fi_atomic(
      MemorySegment function,
      long ep,
      long buf,
      long count,
      long desc,
      long destAddr,
      long addr,
      long key,
      int datatype,
      int op,
      long context) {
    try {
      return (long)
          ATOMIC.invokeExact(
              function, ep, buf, count, desc, destAddr, addr, key, datatype, op, context);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** The same at once, without a completion. */
  public static long fi_inject_atomic(
      MemorySegment function,
      long ep,
      long buf,
      long count,
      long destAddr,
      long addr,
      long key,
      int datatype,
      int op) {
    try {
      return (long) INJECT.invokeExact(function, ep, buf, count, destAddr, addr, key, datatype, op);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** Posts an operation that returns what was there. */
  public static long fi_fetch_atomic(
      MemorySegment function,
      long ep,
      long buf,
      long count,
      long desc,
      long result,
      long resultDesc,
      long destAddr,
      long addr,
      long key,
      int datatype,
      int op,
      long context) {
    try {
      return (long)
          FETCH.invokeExact(
              function,
              ep,
              buf,
              count,
              desc,
              result,
              resultDesc,
              destAddr,
              addr,
              key,
              datatype,
              op,
              context);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** Posts an operation that compares first. */
  public static long fi_compare_atomic(
      MemorySegment function,
      long ep,
      long buf,
      long count,
      long desc,
      long compare,
      long compareDesc,
      long result,
      long resultDesc,
      long destAddr,
      long addr,
      long key,
      int datatype,
      int op,
      long context) {
    try {
      return (long)
          COMPARE.invokeExact(
              function,
              ep,
              buf,
              count,
              desc,
              compare,
              compareDesc,
              result,
              resultDesc,
              destAddr,
              addr,
              key,
              datatype,
              op,
              context);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** Asks one of the three validity functions. */
  public static int valid(Operation form, long ep, int datatype, int op, long count) {
    try {
      return (int) VALID.invokeExact(form.of(ep), ep, datatype, op, count);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
