package io.weft.fabric.ffm;

/** Values of {@code rdma/fabric.h}, {@code rdma/fi_eq.h} and {@code rdma/fi_errno.h}. */
@SuppressWarnings("doclint:missing") // every name is the C name
public final class Constants {
  public static final long FI_MSG = 1L << 1;
  public static final long FI_RMA = 1L << 2;
  public static final long FI_TAGGED = 1L << 3;
  public static final long FI_ATOMIC = 1L << 4;
  public static final long FI_READ = 1L << 8;
  public static final long FI_WRITE = 1L << 9;
  public static final long FI_RECV = 1L << 10;
  public static final long FI_SEND = 1L << 11;
  public static final long FI_TRANSMIT = 1L << 11;
  public static final long FI_REMOTE_READ = 1L << 12;
  public static final long FI_REMOTE_WRITE = 1L << 13;
  public static final long FI_MULTI_RECV = 1L << 16;
  public static final long FI_REMOTE_CQ_DATA = 1L << 17;
  public static final long FI_PEEK = 1L << 19;
  public static final long FI_TRIGGER = 1L << 20;
  public static final long FI_CLAIM = 1L << 59;
  public static final long FI_DISCARD = 1L << 58;
  public static final long FI_DELIVERY_COMPLETE = 1L << 28;
  public static final long FI_COMPLETION = 1L << 24;
  public static final long FI_RMA_EVENT = 1L << 56;
  public static final long FI_SOURCE = 1L << 57;
  public static final long FI_NUMERICHOST = 1L << 55;
  public static final long FI_CONTEXT = 1L << 59;
  public static final long FI_CONTEXT2 = 1L << 52;

  public static final int FI_MR_LOCAL = 1 << 2;
  public static final int FI_MR_VIRT_ADDR = 1 << 4;
  public static final int FI_MR_ALLOCATED = 1 << 5;
  public static final int FI_MR_PROV_KEY = 1 << 6;

  public static final long FI_ORDER_SAS = 1L << 8;

  public static final int FI_EP_DGRAM = 2;
  public static final int FI_EP_RDM = 3;
  public static final int FI_AV_TABLE = 2;
  public static final int FI_THREAD_DOMAIN = 3;
  public static final int FI_RM_ENABLED = 2;
  public static final int FI_CQ_FORMAT_CONTEXT = 1;
  public static final int FI_CQ_FORMAT_MSG = 2;
  public static final int FI_CQ_FORMAT_DATA = 3;
  public static final int FI_CQ_FORMAT_TAGGED = 4;
  public static final int FI_WAIT_NONE = 0;
  public static final int FI_WAIT_FD = 3;
  public static final int FI_CNTR_EVENTS_COMP = 0;
  public static final int FI_ENABLE = 6;
  public static final int FI_QUEUE_WORK = 11;
  public static final int FI_NOTIFY = 0;

  public static final int FI_OP_SEND = 1;
  public static final int FI_OP_TSEND = 3;
  public static final int FI_OP_WRITE = 5;
  public static final int FI_OP_CNTR_ADD = 10;

  /** A number of contexts that means "a shared one"; as C's {@code size_t} all ones. */
  public static final long FI_SHARED_CONTEXT = -1L;

  public static final int FI_OPT_ENDPOINT = 0;
  public static final int FI_OPT_MIN_MULTI_RECV = 0;
  public static final int FI_OPT_CM_DATA_SIZE = 1;
  public static final int FI_OPT_BUFFERED_MIN = 2;
  public static final int FI_OPT_BUFFERED_LIMIT = 3;
  public static final int FI_OPT_SEND_BUF_SIZE = 4;
  public static final int FI_OPT_RECV_BUF_SIZE = 5;
  public static final int FI_OPT_TX_SIZE = 6;
  public static final int FI_OPT_RX_SIZE = 7;
  public static final int FI_OPT_EFA_RNR_RETRY = -(0xefa << 16);

  public static final int FI_MIN = 0;
  public static final int FI_MAX = 1;
  public static final int FI_SUM = 2;
  public static final int FI_PROD = 3;
  public static final int FI_LOR = 4;
  public static final int FI_LAND = 5;
  public static final int FI_BOR = 6;
  public static final int FI_BAND = 7;
  public static final int FI_LXOR = 8;
  public static final int FI_BXOR = 9;
  public static final int FI_ATOMIC_READ = 10;
  public static final int FI_ATOMIC_WRITE = 11;
  public static final int FI_CSWAP = 12;
  public static final int FI_CSWAP_NE = 13;
  public static final int FI_CSWAP_LE = 14;
  public static final int FI_CSWAP_LT = 15;
  public static final int FI_CSWAP_GE = 16;
  public static final int FI_CSWAP_GT = 17;
  public static final int FI_MSWAP = 18;

  public static final int FI_INT32 = 4;
  public static final int FI_INT64 = 6;
  public static final int FI_FLOAT = 8;
  public static final int FI_DOUBLE = 9;

  public static final int FI_TYPE_CAPS = 2;
  public static final int FI_TYPE_ADDR_FORMAT = 4;
  public static final int FI_TYPE_THREADING = 10;
  public static final int FI_TYPE_PROGRESS = 11;
  public static final int FI_TYPE_PROTOCOL = 12;
  public static final int FI_TYPE_MSG_ORDER = 13;
  public static final int FI_TYPE_MODE = 14;
  public static final int FI_TYPE_EQ_EVENT = 19;
  public static final int FI_TYPE_MR_MODE = 21;

  public static final int FI_ENOMEM = 12;
  public static final int FI_ENOSYS = 38;
  public static final int FI_ENOMSG = 42;
  public static final int FI_EOPNOTSUPP = 95;
  public static final int FI_ENOPROTOOPT = 92;
  public static final int FI_ETIMEDOUT = 110;
  public static final int FI_EAGAIN = 11;
  public static final int FI_ENODATA = 61;
  public static final int FI_EAVAIL = 259;
  public static final int FI_ETOOSMALL = 257;
  public static final int FI_ETRUNC = 265;
  public static final int FI_ECANCELED = 125;

  /** {@code fi_addr_t} that means no address; as C's {@code uint64_t} all ones. */
  public static final long FI_ADDR_UNSPEC = -1L;

  /** A key that is longer than 64 bits; as C's {@code uint64_t} all ones. */
  public static final long FI_KEY_NOTAVAIL = -1L;

  private Constants() {}
}
