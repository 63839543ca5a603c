package io.weft.fabric.ffm;

/**
 * Offsets in bytes of the fields of libfabric's objects and their tables of operations, as {@link
 * Layouts} has those of the structures that are passed: the same names, and the same test.
 */
@SuppressWarnings("doclint:missing") // every name is the C name
public final class ObjectLayouts {
  private ObjectLayouts() {}

  /** {@code struct fid}. */
  public static final class fid {
    public static final long fclass = 0;
    public static final long context = 8;
    public static final long ops = 16;
    public static final long sizeof = 24;

    private fid() {}
  }

  /** {@code struct fid_fabric}. */
  public static final class fid_fabric {
    public static final long ops = 24;

    private fid_fabric() {}
  }

  /** {@code struct fid_domain}. */
  public static final class fid_domain {
    public static final long ops = 24;
    public static final long mr = 32;

    private fid_domain() {}
  }

  /** {@code struct fid_av}. */
  public static final class fid_av {
    public static final long ops = 24;

    private fid_av() {}
  }

  /** {@code struct fid_cq}. */
  public static final class fid_cq {
    public static final long ops = 24;

    private fid_cq() {}
  }

  /** {@code struct fid_eq}. */
  public static final class fid_eq {
    public static final long ops = 24;

    private fid_eq() {}
  }

  /** {@code struct fid_cntr}. */
  public static final class fid_cntr {
    public static final long ops = 24;

    private fid_cntr() {}
  }

  /** {@code struct fid_mr}. */
  public static final class fid_mr {
    public static final long mem_desc = 24;
    public static final long key = 32;

    private fid_mr() {}
  }

  /** {@code struct fid_ep}. */
  public static final class fid_ep {
    public static final long ops = 24;
    public static final long cm = 32;
    public static final long msg = 40;
    public static final long rma = 48;
    public static final long tagged = 56;
    public static final long atomic = 64;

    private fid_ep() {}
  }

  /** {@code struct fi_ops}. */
  public static final class fi_ops {
    public static final long size = 0;
    public static final long close = 8;
    public static final long bind = 16;
    public static final long control = 24;

    private fi_ops() {}
  }

  /** {@code struct fi_ops_fabric}. */
  public static final class fi_ops_fabric {
    public static final long size = 0;
    public static final long domain = 8;
    public static final long eq_open = 24;

    private fi_ops_fabric() {}
  }

  /** {@code struct fi_ops_domain}. */
  public static final class fi_ops_domain {
    public static final long size = 0;
    public static final long av_open = 8;
    public static final long cq_open = 16;
    public static final long endpoint = 24;
    public static final long cntr_open = 40;
    public static final long srx_ctx = 64;

    private fi_ops_domain() {}
  }

  /** {@code struct fi_ops_mr}. */
  public static final class fi_ops_mr {
    public static final long size = 0;
    public static final long reg = 8;

    private fi_ops_mr() {}
  }

  /** {@code struct fi_ops_av}. */
  public static final class fi_ops_av {
    public static final long size = 0;
    public static final long insert = 8;

    private fi_ops_av() {}
  }

  /** {@code struct fi_ops_cq}. */
  public static final class fi_ops_cq {
    public static final long size = 0;
    public static final long read = 8;
    public static final long readerr = 24;
    public static final long strerror = 56;

    private fi_ops_cq() {}
  }

  /** {@code struct fi_ops_eq}. */
  public static final class fi_ops_eq {
    public static final long size = 0;
    public static final long read = 8;
    public static final long readerr = 16;
    public static final long write = 24;
    public static final long strerror = 40;

    private fi_ops_eq() {}
  }

  /** {@code struct fi_ops_cntr}. */
  public static final class fi_ops_cntr {
    public static final long size = 0;
    public static final long read = 8;
    public static final long readerr = 16;
    public static final long add = 24;
    public static final long wait = 40;

    private fi_ops_cntr() {}
  }

  /** {@code struct fi_ops_ep}. */
  public static final class fi_ops_ep {
    public static final long size = 0;
    public static final long cancel = 8;
    public static final long getopt = 16;
    public static final long setopt = 24;

    private fi_ops_ep() {}
  }

  /** {@code struct fi_ops_cm}. */
  public static final class fi_ops_cm {
    public static final long size = 0;
    public static final long getname = 16;

    private fi_ops_cm() {}
  }

  /** {@code struct fi_ops_msg}. */
  public static final class fi_ops_msg {
    public static final long size = 0;
    public static final long recv = 8;
    public static final long recvv = 16;
    public static final long recvmsg = 24;
    public static final long send = 32;
    public static final long sendv = 40;
    public static final long inject = 56;
    public static final long senddata = 64;

    private fi_ops_msg() {}
  }

  /** {@code struct fi_ops_rma}. */
  public static final class fi_ops_rma {
    public static final long size = 0;
    public static final long read = 8;
    public static final long readv = 16;
    public static final long write = 32;
    public static final long writev = 40;
    public static final long writemsg = 48;
    public static final long inject = 56;
    public static final long writedata = 64;

    private fi_ops_rma() {}
  }

  /** {@code struct fi_ops_atomic}. */
  public static final class fi_ops_atomic {
    public static final long size = 0;
    public static final long write = 8;
    public static final long inject = 32;
    public static final long readwrite = 40;
    public static final long compwrite = 64;
    public static final long writevalid = 88;
    public static final long readwritevalid = 96;
    public static final long compwritevalid = 104;

    private fi_ops_atomic() {}
  }

  /** {@code struct fi_ops_tagged}. */
  public static final class fi_ops_tagged {
    public static final long size = 0;
    public static final long recv = 8;
    public static final long recvv = 16;
    public static final long recvmsg = 24;
    public static final long send = 32;
    public static final long sendv = 40;
    public static final long inject = 56;

    private fi_ops_tagged() {}
  }
}
