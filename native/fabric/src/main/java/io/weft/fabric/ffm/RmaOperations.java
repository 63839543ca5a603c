package io.weft.fabric.ffm;

import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.ffi.CType.longFunction;
import static io.weft.ffi.NativeLibrary.pointerFunction;

import io.weft.fabric.ffm.ObjectLayouts.fi_ops_rma;
import io.weft.fabric.ffm.ObjectLayouts.fid_ep;
import io.weft.ffi.Unchecked;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Reads and writes of a peer's memory, fi_rma(3). The first argument is the function that {@link
 * Operation#of} found when the endpoint opened; the result is 0 or a negated error number.
 */
@SuppressWarnings("doclint:missing") // parameters and results are those of the C prototype
public final class RmaOperations {
  /**
   * {@code ssize_t fi_read(struct fid_ep *ep, void *buf, size_t len, void *desc, fi_addr_t
   * src_addr, uint64_t addr, uint64_t key, void *context)}.
   */
  public static final Operation FI_READ = new Operation("fi_read", fid_ep.rma, fi_ops_rma.read);

  /**
   * {@code ssize_t fi_write(struct fid_ep *ep, const void *buf, size_t len, void *desc, fi_addr_t
   * dest_addr, uint64_t addr, uint64_t key, void *context)}.
   */
  public static final Operation FI_WRITE = new Operation("fi_write", fid_ep.rma, fi_ops_rma.write);

  /**
   * {@code ssize_t fi_inject_write(struct fid_ep *ep, const void *buf, size_t len, fi_addr_t
   * dest_addr, uint64_t addr, uint64_t key)}.
   */
  public static final Operation FI_INJECT_WRITE =
      new Operation("fi_inject_write", fid_ep.rma, fi_ops_rma.inject);

  /**
   * {@code ssize_t fi_writedata(struct fid_ep *ep, const void *buf, size_t len, void *desc,
   * uint64_t data, fi_addr_t dest_addr, uint64_t addr, uint64_t key, void *context)}.
   */
  public static final Operation FI_WRITEDATA =
      new Operation("fi_writedata", fid_ep.rma, fi_ops_rma.writedata);

  /**
   * {@code ssize_t fi_writemsg(struct fid_ep *ep, const struct fi_msg_rma *msg, uint64_t flags)}.
   */
  public static final Operation FI_WRITEMSG =
      new Operation("fi_writemsg", fid_ep.rma, fi_ops_rma.writemsg);

  /**
   * {@code ssize_t fi_readv(struct fid_ep *ep, const struct iovec *iov, void **desc, size_t count,
   * fi_addr_t src_addr, uint64_t addr, uint64_t key, void *context)}.
   */
  public static final Operation FI_READV = new Operation("fi_readv", fid_ep.rma, fi_ops_rma.readv);

  /**
   * {@code ssize_t fi_writev(struct fid_ep *ep, const struct iovec *iov, void **desc, size_t count,
   * fi_addr_t dest_addr, uint64_t addr, uint64_t key, void *context)}.
   */
  public static final Operation FI_WRITEV =
      new Operation("fi_writev", fid_ep.rma, fi_ops_rma.writev);

  private static final MethodHandle VECTOR =
      pointerFunction(longFunction(POINTER, POINTER, POINTER, LONG, LONG, LONG, LONG, POINTER));
  private static final MethodHandle WRITEMSG =
      pointerFunction(longFunction(POINTER, POINTER, LONG));
  private static final MethodHandle TRANSFER =
      pointerFunction(longFunction(POINTER, POINTER, LONG, POINTER, LONG, LONG, LONG, POINTER));
  private static final MethodHandle INJECT =
      pointerFunction(longFunction(POINTER, POINTER, LONG, LONG, LONG, LONG));
  private static final MethodHandle WRITEDATA =
      pointerFunction(
          longFunction(POINTER, POINTER, LONG, POINTER, LONG, LONG, LONG, LONG, POINTER));

  private RmaOperations() {}

  /** Posts {@code fi_read} or {@code fi_write}, whichever the function is. */
  public static long transfer(
      MemorySegment function,
      long ep,
      long buf,
      long len,
      long desc,
      long peer,
      long addr,
      long key,
      long context) {
    try {
      return (long) TRANSFER.invokeExact(function, ep, buf, len, desc, peer, addr, key, context);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** Posts {@code fi_readv} or {@code fi_writev}, whichever the function is. */
  public static long vector(
      MemorySegment function,
      long ep,
      long iov,
      long desc,
      long count,
      long peer,
      long addr,
      long key,
      long context) {
    try {
      return (long) VECTOR.invokeExact(function, ep, iov, desc, count, peer, addr, key, context);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** Posts a write that a structure describes. */
  public static long fi_writemsg(MemorySegment function, long ep, long msg, long flags) {
    try {
      return (long) WRITEMSG.invokeExact(function, ep, msg, flags);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** Writes at once, without a completion. */
  public static long fi_inject_write(
      MemorySegment function, long ep, long buf, long len, long destAddr, long addr, long key) {
    try {
      return (long) INJECT.invokeExact(function, ep, buf, len, destAddr, addr, key);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** Posts a write that completes at the peer too. */
  public static long fi_writedata(
      MemorySegment function,
      long ep,
      long buf,
      long len,
      long desc,
      long data,
      long destAddr,
      long addr,
      long key,
      long context) {
    try {
      return (long)
          WRITEDATA.invokeExact(function, ep, buf, len, desc, data, destAddr, addr, key, context);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
