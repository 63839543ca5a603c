package io.weft.fabric.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.ffi.CType.intFunction;
import static io.weft.ffi.NativeLibrary.pointerFunction;

import io.weft.fabric.ffm.ObjectLayouts.fi_ops;
import io.weft.fabric.ffm.ObjectLayouts.fi_ops_av;
import io.weft.fabric.ffm.ObjectLayouts.fi_ops_cm;
import io.weft.fabric.ffm.ObjectLayouts.fi_ops_domain;
import io.weft.fabric.ffm.ObjectLayouts.fi_ops_ep;
import io.weft.fabric.ffm.ObjectLayouts.fi_ops_fabric;
import io.weft.fabric.ffm.ObjectLayouts.fi_ops_mr;
import io.weft.fabric.ffm.ObjectLayouts.fid;
import io.weft.fabric.ffm.ObjectLayouts.fid_av;
import io.weft.fabric.ffm.ObjectLayouts.fid_domain;
import io.weft.fabric.ffm.ObjectLayouts.fid_ep;
import io.weft.fabric.ffm.ObjectLayouts.fid_fabric;
import io.weft.ffi.CType;
import io.weft.ffi.Unchecked;
import java.lang.invoke.MethodHandle;

/**
 * The functions that libfabric's headers define inline and that dispatch through operation tables,
 * as far as they are not on the data path ({@link TaggedOperations}, {@link QueueOperations}). Each
 * returns what the C function returns: 0 or a negated error number.
 */
@SuppressWarnings("doclint:missing") // parameters and results are those of the C prototype
public final class Operations {
  /** {@code int fi_close(struct fid *fid)}. */
  public static final Operation FI_CLOSE = new Operation("fi_close", fid.ops, fi_ops.close);

  /** {@code int fi_ep_bind(struct fid_ep *ep, struct fid *bfid, uint64_t flags)}. */
  public static final Operation FI_EP_BIND = new Operation("fi_ep_bind", fid.ops, fi_ops.bind);

  /** {@code int fi_enable(struct fid_ep *ep)}, which is {@code control(ep, FI_ENABLE, NULL)}. */
  public static final Operation FI_ENABLE = new Operation("fi_enable", fid.ops, fi_ops.control);

  /**
   * {@code int fi_control(struct fid *fid, int command, void *arg)}, on a domain with {@code
   * FI_QUEUE_WORK}.
   */
  public static final Operation FI_QUEUE_WORK =
      new Operation("fi_control(FI_QUEUE_WORK)", fid.ops, fi_ops.control);

  /** {@code int fi_domain(struct fid_fabric *, struct fi_info *, struct fid_domain **, void *)}. */
  public static final Operation FI_DOMAIN =
      new Operation("fi_domain", fid_fabric.ops, fi_ops_fabric.domain);

  /** {@code int fi_eq_open(struct fid_fabric *, struct fi_eq_attr *, struct fid_eq **, void *)}. */
  public static final Operation FI_EQ_OPEN =
      new Operation("fi_eq_open", fid_fabric.ops, fi_ops_fabric.eq_open);

  /** {@code int fi_av_open(struct fid_domain *, struct fi_av_attr *, struct fid_av **, void *)}. */
  public static final Operation FI_AV_OPEN =
      new Operation("fi_av_open", fid_domain.ops, fi_ops_domain.av_open);

  /** {@code int fi_cq_open(struct fid_domain *, struct fi_cq_attr *, struct fid_cq **, void *)}. */
  public static final Operation FI_CQ_OPEN =
      new Operation("fi_cq_open", fid_domain.ops, fi_ops_domain.cq_open);

  /**
   * {@code int fi_cntr_open(struct fid_domain *, struct fi_cntr_attr *, struct fid_cntr **, void
   * *)}.
   */
  public static final Operation FI_CNTR_OPEN =
      new Operation("fi_cntr_open", fid_domain.ops, fi_ops_domain.cntr_open);

  /**
   * {@code int fi_srx_context(struct fid_domain *, struct fi_rx_attr *, struct fid_ep **, void *)}.
   */
  public static final Operation FI_SRX_CONTEXT =
      new Operation("fi_srx_context", fid_domain.ops, fi_ops_domain.srx_ctx);

  /** {@code int fi_endpoint(struct fid_domain *, struct fi_info *, struct fid_ep **, void *)}. */
  public static final Operation FI_ENDPOINT =
      new Operation("fi_endpoint", fid_domain.ops, fi_ops_domain.endpoint);

  /**
   * {@code int fi_mr_reg(struct fid_domain *domain, const void *buf, size_t len, uint64_t access,
   * uint64_t offset, uint64_t requested_key, uint64_t flags, struct fid_mr **mr, void *context)}.
   */
  public static final Operation FI_MR_REG =
      new Operation("fi_mr_reg", fid_domain.mr, fi_ops_mr.reg);

  /**
   * {@code int fi_av_insert(struct fid_av *av, const void *addr, size_t count, fi_addr_t *fi_addr,
   * uint64_t flags, void *context)}; returns how many were inserted.
   */
  public static final Operation FI_AV_INSERT =
      new Operation("fi_av_insert", fid_av.ops, fi_ops_av.insert);

  /** {@code int fi_getname(fid_t fid, void *addr, size_t *addrlen)}. */
  public static final Operation FI_GETNAME =
      new Operation("fi_getname", fid_ep.cm, fi_ops_cm.getname);

  /** {@code ssize_t fi_cancel(fid_t fid, void *context)}. */
  public static final Operation FI_CANCEL =
      new Operation("fi_cancel", fid_ep.ops, fi_ops_ep.cancel);

  /**
   * {@code int fi_getopt(struct fid *fid, int level, int optname, void *optval, size_t *optlen)}.
   */
  public static final Operation FI_GETOPT =
      new Operation("fi_getopt", fid_ep.ops, fi_ops_ep.getopt);

  /**
   * {@code int fi_setopt(struct fid *fid, int level, int optname, const void *optval, size_t
   * optlen)}.
   */
  public static final Operation FI_SETOPT =
      new Operation("fi_setopt", fid_ep.ops, fi_ops_ep.setopt);

  private static final MethodHandle OPTION =
      pointerFunction(intFunction(POINTER, INT, INT, POINTER, LONG));
  private static final MethodHandle CLOSE = pointerFunction(intFunction(POINTER));
  private static final MethodHandle BIND = pointerFunction(intFunction(POINTER, POINTER, LONG));
  private static final MethodHandle CONTROL = pointerFunction(intFunction(POINTER, INT, POINTER));
  private static final MethodHandle OPEN =
      pointerFunction(intFunction(POINTER, POINTER, POINTER, POINTER));
  private static final MethodHandle REGISTER =
      pointerFunction(
          intFunction(POINTER, POINTER, LONG, LONG, LONG, LONG, LONG, POINTER, POINTER));
  private static final MethodHandle INSERT =
      pointerFunction(intFunction(POINTER, POINTER, LONG, POINTER, LONG, POINTER));
  private static final MethodHandle GETNAME =
      pointerFunction(intFunction(POINTER, POINTER, POINTER));
  private static final MethodHandle CANCEL = pointerFunction(CType.longFunction(POINTER, POINTER));

  private Operations() {}

  /** fi_endpoint(3), fi_cq(3) and others: releases an object. */
  public static int fi_close(long fid) {
    try {
      return (int) CLOSE.invokeExact(FI_CLOSE.of(fid), fid);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** fi_endpoint(3). */
  public static int fi_ep_bind(long ep, long bfid, long flags) {
    try {
      return (int) BIND.invokeExact(FI_EP_BIND.of(ep), ep, bfid, flags);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** fi_endpoint(3). */
  public static int fi_enable(long ep) {
    try {
      return (int) CONTROL.invokeExact(FI_ENABLE.of(ep), ep, Constants.FI_ENABLE, 0L);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** fi_trigger(3). */
  public static int fi_queue_work(long domain, long work) {
    try {
      return (int)
          CONTROL.invokeExact(FI_QUEUE_WORK.of(domain), domain, Constants.FI_QUEUE_WORK, work);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * What {@code fi_domain}, {@code fi_av_open}, {@code fi_cq_open} and {@code fi_endpoint} have in
   * common: a parent, a description, and where the new object's address goes.
   *
   * @param operation which of them
   */
  public static int open(Operation operation, long parent, long attr, long result) {
    try {
      return (int) OPEN.invokeExact(operation.of(parent), parent, attr, result, 0L);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** fi_mr(3); offset and flags are 0. */
  public static int fi_mr_reg(
      long domain, long buf, long len, long access, long requestedKey, long mr) {
    try {
      return (int)
          REGISTER.invokeExact(
              FI_MR_REG.of(domain), domain, buf, len, access, 0L, requestedKey, 0L, mr, 0L);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** fi_av(3). */
  public static int fi_av_insert(long av, long addr, long count, long fiAddr) {
    try {
      return (int) INSERT.invokeExact(FI_AV_INSERT.of(av), av, addr, count, fiAddr, 0L, 0L);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * fi_endpoint(3), at level {@code FI_OPT_ENDPOINT}.
   *
   * @param optlen for {@code fi_getopt} the address of the length, for {@code fi_setopt} the length
   */
  public static int option(Operation operation, long ep, int optname, long optval, long optlen) {
    try {
      return (int)
          OPTION.invokeExact(
              operation.of(ep), ep, Constants.FI_OPT_ENDPOINT, optname, optval, optlen);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** fi_cm(3). */
  public static int fi_getname(long ep, long addr, long addrlen) {
    try {
      return (int) GETNAME.invokeExact(FI_GETNAME.of(ep), ep, addr, addrlen);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** fi_endpoint(3). */
  public static long fi_cancel(long ep, long context) {
    try {
      return (long) CANCEL.invokeExact(FI_CANCEL.of(ep), ep, context);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
