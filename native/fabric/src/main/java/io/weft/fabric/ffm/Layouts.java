package io.weft.fabric.ffm;

/**
 * Offsets in bytes of the fields of libfabric's structures on LP64 Linux. Each nested class has the
 * name of the C structure and each constant the name of the C field; a test checks every one of
 * them against the real headers. Structures that grew in later versions grew at the end.
 */
@SuppressWarnings("doclint:missing") // every name is the C name
public final class Layouts {
  private Layouts() {}

  /** {@code struct fi_info}, fi_getinfo(3). */
  public static final class fi_info {
    public static final long next = 0;
    public static final long caps = 8;
    public static final long mode = 16;
    public static final long addr_format = 24;
    public static final long src_addrlen = 32;
    public static final long dest_addrlen = 40;
    public static final long src_addr = 48;
    public static final long dest_addr = 56;
    public static final long handle = 64;
    public static final long tx_attr = 72;
    public static final long rx_attr = 80;
    public static final long ep_attr = 88;
    public static final long domain_attr = 96;
    public static final long fabric_attr = 104;
    public static final long nic = 112;

    private fi_info() {}
  }

  /** {@code struct fi_tx_attr}, fi_endpoint(3). */
  public static final class fi_tx_attr {
    public static final long caps = 0;
    public static final long mode = 8;
    public static final long op_flags = 16;
    public static final long msg_order = 24;
    public static final long comp_order = 32;
    public static final long inject_size = 40;
    public static final long size = 48;
    public static final long iov_limit = 56;
    public static final long rma_iov_limit = 64;

    private fi_tx_attr() {}
  }

  /** {@code struct fi_rx_attr}, fi_endpoint(3). */
  public static final class fi_rx_attr {
    public static final long caps = 0;
    public static final long mode = 8;
    public static final long op_flags = 16;
    public static final long msg_order = 24;
    public static final long comp_order = 32;
    public static final long total_buffered_recv = 40;
    public static final long size = 48;
    public static final long iov_limit = 56;

    private fi_rx_attr() {}
  }

  /** {@code struct fi_ep_attr}, fi_endpoint(3). */
  public static final class fi_ep_attr {
    public static final long type = 0;
    public static final long protocol = 4;
    public static final long protocol_version = 8;
    public static final long max_msg_size = 16;
    public static final long mem_tag_format = 56;
    public static final long tx_ctx_cnt = 64;
    public static final long rx_ctx_cnt = 72;

    private fi_ep_attr() {}
  }

  /** {@code struct fi_domain_attr}, fi_domain(3); grew at the end in 1.20 and in 2.0. */
  public static final class fi_domain_attr {
    public static final long domain = 0;
    public static final long name = 8;
    public static final long threading = 16;
    public static final long control_progress = 20;
    public static final long data_progress = 24;
    public static final long resource_mgmt = 28;
    public static final long av_type = 32;
    public static final long mr_mode = 36;
    public static final long mr_key_size = 40;
    public static final long cq_data_size = 48;

    private fi_domain_attr() {}
  }

  /** {@code struct fi_fabric_attr}, fi_fabric(3). */
  public static final class fi_fabric_attr {
    public static final long fabric = 0;
    public static final long name = 8;
    public static final long prov_name = 16;
    public static final long prov_version = 24;
    public static final long api_version = 28;

    private fi_fabric_attr() {}
  }

  /** {@code struct fid_nic}, fi_nic(3). */
  public static final class fid_nic {
    public static final long device_attr = 24;
    public static final long bus_attr = 32;
    public static final long link_attr = 40;

    private fid_nic() {}
  }

  /** {@code struct fi_device_attr}, fi_nic(3). */
  public static final class fi_device_attr {
    public static final long name = 0;
    public static final long device_id = 8;
    public static final long device_version = 16;
    public static final long vendor_id = 24;
    public static final long driver = 32;
    public static final long firmware = 40;

    private fi_device_attr() {}
  }

  /** {@code struct fi_av_attr}, fi_av(3). */
  public static final class fi_av_attr {
    public static final long type = 0;
    public static final long rx_ctx_bits = 4;
    public static final long count = 8;
    public static final long ep_per_node = 16;
    public static final long name = 24;
    public static final long map_addr = 32;
    public static final long flags = 40;
    public static final long sizeof = 48;

    private fi_av_attr() {}
  }

  /** {@code struct fi_cq_attr}, fi_cq(3). */
  public static final class fi_cq_attr {
    public static final long size = 0;
    public static final long flags = 8;
    public static final long format = 16;
    public static final long wait_obj = 20;
    public static final long signaling_vector = 24;
    public static final long wait_cond = 28;
    public static final long wait_set = 32;
    public static final long sizeof = 40;

    private fi_cq_attr() {}
  }

  /** {@code struct fi_cq_entry}, fi_cq(3). */
  public static final class fi_cq_entry {
    public static final long sizeof = 8;

    private fi_cq_entry() {}
  }

  /** {@code struct fi_cq_msg_entry}, fi_cq(3): the beginning of the tagged one. */
  public static final class fi_cq_msg_entry {
    public static final long len = fi_cq_tagged_entry.len;
    public static final long sizeof = 24;

    private fi_cq_msg_entry() {}
  }

  /** {@code struct fi_cq_data_entry}, fi_cq(3): the beginning of the tagged one. */
  public static final class fi_cq_data_entry {
    public static final long data = fi_cq_tagged_entry.data;
    public static final long sizeof = 40;

    private fi_cq_data_entry() {}
  }

  /** {@code struct fi_eq_attr}, fi_eq(3). */
  public static final class fi_eq_attr {
    public static final long size = 0;
    public static final long flags = 8;
    public static final long wait_obj = 16;
    public static final long sizeof = 32;

    private fi_eq_attr() {}
  }

  /** {@code struct fi_eq_entry}, fi_eq(3). */
  public static final class fi_eq_entry {
    public static final long fid = 0;
    public static final long context = 8;
    public static final long data = 16;
    public static final long sizeof = 24;

    private fi_eq_entry() {}
  }

  /** {@code struct fi_eq_err_entry}, fi_eq(3). */
  public static final class fi_eq_err_entry {
    public static final long context = 8;
    public static final long data = 16;
    public static final long err = 24;
    public static final long prov_errno = 28;
    public static final long err_data = 32;
    public static final long sizeof = 48;

    private fi_eq_err_entry() {}
  }

  /** {@code struct fi_cntr_attr}, fi_cntr(3). */
  public static final class fi_cntr_attr {
    public static final long events = 0;
    public static final long wait_obj = 4;
    public static final long wait_set = 8;
    public static final long flags = 16;
    public static final long sizeof = 24;

    private fi_cntr_attr() {}
  }

  /** {@code struct fi_cq_tagged_entry}, fi_cq(3). */
  public static final class fi_cq_tagged_entry {
    public static final long op_context = 0;
    public static final long flags = 8;
    public static final long len = 16;
    public static final long buf = 24;
    public static final long data = 32;
    public static final long tag = 40;
    public static final long sizeof = 48;

    private fi_cq_tagged_entry() {}
  }

  /** {@code struct fi_cq_err_entry}, fi_cq(3); grows: give it {@link #ROOM_BYTES} zeroed. */
  public static final class fi_cq_err_entry {
    public static final long op_context = 0;
    public static final long flags = 8;
    public static final long len = 16;
    public static final long buf = 24;
    public static final long data = 32;
    public static final long tag = 40;
    public static final long olen = 48;
    public static final long err = 56;
    public static final long prov_errno = 60;
    public static final long err_data = 64;
    public static final long err_data_size = 72;

    /** More than any version's {@code sizeof}. */
    public static final long ROOM_BYTES = 256;

    private fi_cq_err_entry() {}
  }

  /** {@code struct fi_context2}, fi_cq(3): what an operation lends the provider. */
  public static final class fi_context2 {
    public static final long sizeof = 64;

    private fi_context2() {}
  }

  /** {@code struct iovec}, readv(2). */
  public static final class iovec {
    public static final long iov_base = 0;
    public static final long iov_len = 8;
    public static final long sizeof = 16;

    private iovec() {}
  }

  /** {@code struct fi_rma_iov}, fi_rma(3). */
  public static final class fi_rma_iov {
    public static final long addr = 0;
    public static final long len = 8;
    public static final long key = 16;
    public static final long sizeof = 24;

    private fi_rma_iov() {}
  }

  /** {@code struct fi_msg_rma}, fi_rma(3). */
  public static final class fi_msg_rma {
    public static final long msg_iov = 0;
    public static final long desc = 8;
    public static final long iov_count = 16;
    public static final long addr = 24;
    public static final long rma_iov = 32;
    public static final long rma_iov_count = 40;
    public static final long context = 48;
    public static final long data = 56;
    public static final long sizeof = 64;

    private fi_msg_rma() {}
  }

  /** {@code struct fi_msg_tagged}, fi_tagged(3). */
  public static final class fi_msg_tagged {
    public static final long msg_iov = 0;
    public static final long desc = 8;
    public static final long iov_count = 16;
    public static final long addr = 24;
    public static final long tag = 32;
    public static final long ignore = 40;
    public static final long context = 48;
    public static final long data = 56;
    public static final long sizeof = 64;

    private fi_msg_tagged() {}
  }

  /** {@code struct fi_msg}, fi_msg(3). */
  public static final class fi_msg {
    public static final long msg_iov = 0;
    public static final long desc = 8;
    public static final long iov_count = 16;
    public static final long addr = 24;
    public static final long context = 32;
    public static final long data = 40;
    public static final long sizeof = 48;

    private fi_msg() {}
  }
}
