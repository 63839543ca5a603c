package io.weft.fabric.ffm;

import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.ffi.CType.longFunction;
import static io.weft.ffi.NativeLibrary.pointerFunction;

import io.weft.fabric.ffm.ObjectLayouts.fi_ops_msg;
import io.weft.fabric.ffm.ObjectLayouts.fid_ep;
import io.weft.ffi.Unchecked;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The untagged data path, fi_msg(3). The first argument is the function that {@link Operation#of}
 * found when the endpoint opened; the result is 0 or a negated error number.
 */
@SuppressWarnings("doclint:missing") // parameters and results are those of the C prototype
public final class MessageOperations {
  /**
   * {@code ssize_t fi_send(struct fid_ep *ep, const void *buf, size_t len, void *desc, fi_addr_t
   * dest_addr, void *context)}.
   */
  public static final Operation FI_SEND = new Operation("fi_send", fid_ep.msg, fi_ops_msg.send);

  /**
   * {@code ssize_t fi_recv(struct fid_ep *ep, void *buf, size_t len, void *desc, fi_addr_t
   * src_addr, void *context)}.
   */
  public static final Operation FI_RECV = new Operation("fi_recv", fid_ep.msg, fi_ops_msg.recv);

  /**
   * {@code ssize_t fi_inject(struct fid_ep *ep, const void *buf, size_t len, fi_addr_t dest_addr)}.
   */
  public static final Operation FI_INJECT =
      new Operation("fi_inject", fid_ep.msg, fi_ops_msg.inject);

  /**
   * {@code ssize_t fi_senddata(struct fid_ep *ep, const void *buf, size_t len, void *desc, uint64_t
   * data, fi_addr_t dest_addr, void *context)}.
   */
  public static final Operation FI_SENDDATA =
      new Operation("fi_senddata", fid_ep.msg, fi_ops_msg.senddata);

  /**
   * {@code ssize_t fi_sendv(struct fid_ep *ep, const struct iovec *iov, void **desc, size_t count,
   * fi_addr_t dest_addr, void *context)}.
   */
  public static final Operation FI_SENDV = new Operation("fi_sendv", fid_ep.msg, fi_ops_msg.sendv);

  /**
   * {@code ssize_t fi_recvv(struct fid_ep *ep, const struct iovec *iov, void **desc, size_t count,
   * fi_addr_t src_addr, void *context)}.
   */
  public static final Operation FI_RECVV = new Operation("fi_recvv", fid_ep.msg, fi_ops_msg.recvv);

  /** {@code ssize_t fi_recvmsg(struct fid_ep *ep, const struct fi_msg *msg, uint64_t flags)}. */
  public static final Operation FI_RECVMSG =
      new Operation("fi_recvmsg", fid_ep.msg, fi_ops_msg.recvmsg);

  private static final MethodHandle VECTOR =
      pointerFunction(longFunction(POINTER, POINTER, POINTER, LONG, LONG, POINTER));
  private static final MethodHandle RECVMSG = pointerFunction(longFunction(POINTER, POINTER, LONG));
  private static final MethodHandle TRANSFER =
      pointerFunction(longFunction(POINTER, POINTER, LONG, POINTER, LONG, POINTER));
  private static final FunctionDescriptor INJECT_TYPE = longFunction(POINTER, POINTER, LONG, LONG);
  private static final MethodHandle INJECT = pointerFunction(INJECT_TYPE);
  private static final MethodHandle INJECT_CRITICAL =
      pointerFunction(INJECT_TYPE, Linker.Option.critical(false));
  private static final MethodHandle SENDDATA =
      pointerFunction(longFunction(POINTER, POINTER, LONG, POINTER, LONG, LONG, POINTER));

  private MessageOperations() {}

  /** Posts {@code fi_send} or {@code fi_recv}, whichever the function is. */
  public static long transfer(
      MemorySegment function, long ep, long buf, long len, long desc, long peer, long context) {
    try {
      return (long) TRANSFER.invokeExact(function, ep, buf, len, desc, peer, context);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** Posts {@code fi_sendv} or {@code fi_recvv}, whichever the function is. */
  public static long vector(
      MemorySegment function, long ep, long iov, long desc, long count, long peer, long context) {
    try {
      return (long) VECTOR.invokeExact(function, ep, iov, desc, count, peer, context);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** Posts a receive that a structure describes. */
  public static long fi_recvmsg(MemorySegment function, long ep, long msg, long flags) {
    try {
      return (long) RECVMSG.invokeExact(function, ep, msg, flags);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** Sends at once, without a completion. */
  public static long fi_inject(MemorySegment function, long ep, long buf, long len, long destAddr) {
    try {
      return (long) INJECT.invokeExact(function, ep, buf, len, destAddr);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** The same without the thread's change of state: for providers where it is short. */
  public static long fi_inject_critical(
      MemorySegment function, long ep, long buf, long len, long destAddr) {
    try {
      return (long) INJECT_CRITICAL.invokeExact(function, ep, buf, len, destAddr);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** Posts a send that carries data to the receiver's completion. */
  public static long fi_senddata(
      MemorySegment function,
      long ep,
      long buf,
      long len,
      long desc,
      long data,
      long destAddr,
      long context) {
    try {
      return (long) SENDDATA.invokeExact(function, ep, buf, len, desc, data, destAddr, context);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
