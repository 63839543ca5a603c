package io.weft.fabric.ffm;

import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.ffi.CType.longFunction;
import static io.weft.ffi.NativeLibrary.pointerFunction;

import io.weft.fabric.ffm.ObjectLayouts.fi_ops_tagged;
import io.weft.fabric.ffm.ObjectLayouts.fid_ep;
import io.weft.ffi.Unchecked;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The tagged data path, fi_tagged(3). The first argument is the function that {@link Operation#of}
 * found when the endpoint opened; the result is 0 or a negated error number.
 */
@SuppressWarnings("doclint:missing") // parameters and results are those of the C prototype
public final class TaggedOperations {
  /**
   * {@code ssize_t fi_tsend(struct fid_ep *ep, const void *buf, size_t len, void *desc, fi_addr_t
   * dest_addr, uint64_t tag, void *context)}.
   */
  public static final Operation FI_TSEND =
      new Operation("fi_tsend", fid_ep.tagged, fi_ops_tagged.send);

  /**
   * {@code ssize_t fi_trecv(struct fid_ep *ep, void *buf, size_t len, void *desc, fi_addr_t
   * src_addr, uint64_t tag, uint64_t ignore, void *context)}.
   */
  public static final Operation FI_TRECV =
      new Operation("fi_trecv", fid_ep.tagged, fi_ops_tagged.recv);

  /**
   * {@code ssize_t fi_tinject(struct fid_ep *ep, const void *buf, size_t len, fi_addr_t dest_addr,
   * uint64_t tag)}.
   */
  public static final Operation FI_TINJECT =
      new Operation("fi_tinject", fid_ep.tagged, fi_ops_tagged.inject);

  /**
   * {@code ssize_t fi_trecvmsg(struct fid_ep *ep, const struct fi_msg_tagged *msg, uint64_t
   * flags)}.
   */
  public static final Operation FI_TRECVMSG =
      new Operation("fi_trecvmsg", fid_ep.tagged, fi_ops_tagged.recvmsg);

  /**
   * {@code ssize_t fi_tsendv(struct fid_ep *ep, const struct iovec *iov, void **desc, size_t count,
   * fi_addr_t dest_addr, uint64_t tag, void *context)}.
   */
  public static final Operation FI_TSENDV =
      new Operation("fi_tsendv", fid_ep.tagged, fi_ops_tagged.sendv);

  /**
   * {@code ssize_t fi_trecvv(struct fid_ep *ep, const struct iovec *iov, void **desc, size_t count,
   * fi_addr_t src_addr, uint64_t tag, uint64_t ignore, void *context)}.
   */
  public static final Operation FI_TRECVV =
      new Operation("fi_trecvv", fid_ep.tagged, fi_ops_tagged.recvv);

  private static final MethodHandle SENDV =
      pointerFunction(longFunction(POINTER, POINTER, POINTER, LONG, LONG, LONG, POINTER));
  private static final MethodHandle RECVV =
      pointerFunction(longFunction(POINTER, POINTER, POINTER, LONG, LONG, LONG, LONG, POINTER));
  private static final MethodHandle RECVMSG = pointerFunction(longFunction(POINTER, POINTER, LONG));
  private static final MethodHandle SEND =
      pointerFunction(longFunction(POINTER, POINTER, LONG, POINTER, LONG, LONG, POINTER));
  private static final MethodHandle RECV =
      pointerFunction(longFunction(POINTER, POINTER, LONG, POINTER, LONG, LONG, LONG, POINTER));
  private static final FunctionDescriptor INJECT_TYPE =
      longFunction(POINTER, POINTER, LONG, LONG, LONG);
  private static final MethodHandle INJECT = pointerFunction(INJECT_TYPE);
  private static final MethodHandle INJECT_CRITICAL =
      pointerFunction(INJECT_TYPE, Linker.Option.critical(false));

  private TaggedOperations() {}

  /** Posts a send. */
  public static long fi_tsend(
      MemorySegment function,
      long ep,
      long buf,
      long len,
      long desc,
      long destAddr,
      long tag,
      long context) {
    try {
      return (long) SEND.invokeExact(function, ep, buf, len, desc, destAddr, tag, context);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** Posts a receive from any address whose tag agrees outside of {@code ignore}. */
  public static long fi_trecv(
      MemorySegment function,
      long ep,
      long buf,
      long len,
      long desc,
      long tag,
      long ignore,
      long context) {
    try {
      return (long)
          RECV.invokeExact(
              function, ep, buf, len, desc, Constants.FI_ADDR_UNSPEC, tag, ignore, context);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** Posts a send of several pieces. */
  public static long fi_tsendv(
      MemorySegment function,
      long ep,
      long iov,
      long desc,
      long count,
      long destAddr,
      long tag,
      long context) {
    try {
      return (long) SENDV.invokeExact(function, ep, iov, desc, count, destAddr, tag, context);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** Posts a receive into several pieces, from any address. */
  public static long fi_trecvv(
      MemorySegment function,
      long ep,
      long iov,
      long desc,
      long count,
      long tag,
      long ignore,
      long context) {
    try {
      return (long)
          RECVV.invokeExact(
              function, ep, iov, desc, count, Constants.FI_ADDR_UNSPEC, tag, ignore, context);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** Posts a receive that a structure describes. */
  public static long fi_trecvmsg(MemorySegment function, long ep, long msg, long flags) {
    try {
      return (long) RECVMSG.invokeExact(function, ep, msg, flags);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** Sends at once, without a completion. */
  public static long fi_tinject(
      MemorySegment function, long ep, long buf, long len, long destAddr, long tag) {
    try {
      return (long) INJECT.invokeExact(function, ep, buf, len, destAddr, tag);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** The same without the thread's change of state: for providers where it is short. */
  public static long fi_tinject_critical(
      MemorySegment function, long ep, long buf, long len, long destAddr, long tag) {
    try {
      return (long) INJECT_CRITICAL.invokeExact(function, ep, buf, len, destAddr, tag);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
