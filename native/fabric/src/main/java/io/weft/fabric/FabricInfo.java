package io.weft.fabric;

import io.weft.fabric.ffm.Constants;
import io.weft.fabric.ffm.Layouts.fi_domain_attr;
import io.weft.fabric.ffm.Layouts.fi_ep_attr;
import io.weft.fabric.ffm.Layouts.fi_fabric_attr;
import io.weft.fabric.ffm.Layouts.fi_info;
import io.weft.fabric.ffm.Layouts.fi_rx_attr;
import io.weft.fabric.ffm.Layouts.fi_tx_attr;
import io.weft.fabric.ffm.Libfabric;
import io.weft.ffi.NativeMemory;
import java.lang.foreign.ValueLayout;
import java.util.function.LongFunction;

/**
 * One way to communicate that libfabric offers: a provider on a fabric and a domain with its
 * attributes, fi_getinfo(3). The values are read once and stay readable; opening with it needs its
 * {@link Discovery} open. Immutable; safe from any thread.
 */
public final class FabricInfo {
  private final Discovery discovery;
  private final long info;
  private final String provider;
  private final String fabricName;
  private final String domainName;
  private final String protocol;
  private final String addressFormat;
  private final String capabilities;
  private final String threading;
  private final String progress;
  private final String orderNames;
  private final String registrationNames;
  private final long mode;
  private final long capabilityBits;
  private final int registrationMode;
  private final long keyBytes;
  private final long completionDataBytes;
  private final long injectBytes;
  private final long maxMessageBytes;
  private final long messageOrder;
  private final long tagFormat;
  private final long sendQueueEntries;
  private final long receiveQueueEntries;
  private final long vectorEntries;
  private final boolean sharesReceives;
  private final NetworkDevice device;

  FabricInfo(Discovery discovery, long info) {
    this.discovery = discovery;
    this.info = info;
    final long tx = NativeMemory.pointerAt(info + fi_info.tx_attr);
    final long rx = NativeMemory.pointerAt(info + fi_info.rx_attr);
    final long ep = NativeMemory.pointerAt(info + fi_info.ep_attr);
    final long domain = NativeMemory.pointerAt(info + fi_info.domain_attr);
    final long fabric = NativeMemory.pointerAt(info + fi_info.fabric_attr);
    provider = text(fabric + fi_fabric_attr.prov_name);
    fabricName = text(fabric + fi_fabric_attr.name);
    domainName = text(domain + fi_domain_attr.name);
    protocol = named(ep + fi_ep_attr.protocol, Constants.FI_TYPE_PROTOCOL);
    addressFormat = named(info + fi_info.addr_format, Constants.FI_TYPE_ADDR_FORMAT);
    capabilities = named(info + fi_info.caps, Constants.FI_TYPE_CAPS);
    threading = named(domain + fi_domain_attr.threading, Constants.FI_TYPE_THREADING);
    progress = named(domain + fi_domain_attr.data_progress, Constants.FI_TYPE_PROGRESS);
    orderNames = named(tx + fi_tx_attr.msg_order, Constants.FI_TYPE_MSG_ORDER);
    registrationNames = named(domain + fi_domain_attr.mr_mode, Constants.FI_TYPE_MR_MODE);
    mode = longAt(info + fi_info.mode);
    capabilityBits = longAt(info + fi_info.caps);
    keyBytes = longAt(domain + fi_domain_attr.mr_key_size);
    completionDataBytes = longAt(domain + fi_domain_attr.cq_data_size);
    registrationMode =
        NativeMemory.EVERYTHING.get(ValueLayout.JAVA_INT, domain + fi_domain_attr.mr_mode);
    injectBytes = longAt(tx + fi_tx_attr.inject_size);
    maxMessageBytes = saturated(longAt(ep + fi_ep_attr.max_msg_size));
    messageOrder = longAt(tx + fi_tx_attr.msg_order) & longAt(rx + fi_rx_attr.msg_order);
    tagFormat = longAt(ep + fi_ep_attr.mem_tag_format);
    sendQueueEntries = longAt(tx + fi_tx_attr.size);
    receiveQueueEntries = longAt(rx + fi_rx_attr.size);
    vectorEntries = Math.min(longAt(tx + fi_tx_attr.iov_limit), longAt(rx + fi_rx_attr.iov_limit));
    sharesReceives = longAt(ep + fi_ep_attr.rx_ctx_cnt) == Constants.FI_SHARED_CONTEXT;
    device = NetworkDevice.at(NativeMemory.pointerAt(info + fi_info.nic));
  }

  private static long longAt(long address) {
    return NativeMemory.EVERYTHING.get(ValueLayout.JAVA_LONG, address);
  }

  /** C's {@code size_t} may be past what a Java long holds, and means "no limit" then. */
  private static long saturated(long unsigned) {
    return unsigned < 0 ? Long.MAX_VALUE : unsigned;
  }

  private static String text(long field) {
    String text = NativeMemory.stringAt(NativeMemory.pointerAt(field));
    return text == null ? "" : text;
  }

  private static String named(long value, int type) {
    return Libfabric.fi_tostr(value, type).strip();
  }

  /**
   * Makes a call with the native description, which another thread may want to free meanwhile: its
   * close waits. Fails once the discovery is closed.
   */
  <T> T with(LongFunction<T> call) {
    return discovery.whileOpen(() -> call.apply(info));
  }

  /**
   * The provider's full name; a layered one names each layer, such as {@code tcp;ofi_rxm}.
   *
   * @return its name
   */
  public String provider() {
    return provider;
  }

  /**
   * The fabric's name: the subnet for providers over IP.
   *
   * @return its name
   */
  public String fabricName() {
    return fabricName;
  }

  /**
   * The domain's name: the interface for providers over IP, the device for EFA.
   *
   * @return its name
   */
  public String domainName() {
    return domainName;
  }

  /**
   * The wire protocol's name in libfabric, such as {@code FI_PROTO_XNET}.
   *
   * @return its name
   */
  public String protocol() {
    return protocol;
  }

  /**
   * The form of addresses, such as {@code FI_SOCKADDR_IN}.
   *
   * @return its name
   */
  public String addressFormat() {
    return addressFormat;
  }

  /**
   * How data makes progress: {@code FI_PROGRESS_AUTO}, or {@code FI_PROGRESS_MANUAL} if nothing
   * moves unless the completion queue is read.
   *
   * @return its name
   */
  public String progress() {
    return progress;
  }

  /**
   * Who may call at the same time, such as {@code FI_THREAD_DOMAIN}.
   *
   * @return its name
   */
  public String threading() {
    return threading;
  }

  /**
   * The longest message that {@link Endpoint#inject} takes.
   *
   * @return bytes
   */
  public long injectBytes() {
    return injectBytes;
  }

  /**
   * The longest message.
   *
   * @return bytes; {@link Long#MAX_VALUE} if there is no limit
   */
  public long maxMessageBytes() {
    return maxMessageBytes;
  }

  /**
   * Says whether messages from one endpoint to another are matched in the order of sending ({@code
   * FI_ORDER_SAS}).
   *
   * @return true if they are
   */
  public boolean ordersMessages() {
    return (messageOrder & Constants.FI_ORDER_SAS) != 0;
  }

  /**
   * Says whether buffers of sends and receives must be registered ({@code FI_MR_LOCAL}).
   *
   * @return true if each operation needs a {@link MemoryRegion#descriptor}
   */
  public boolean needsRegistration() {
    return (registrationMode & Constants.FI_MR_LOCAL) != 0;
  }

  /**
   * Says whether a region's {@link RemoteRegion#address} is its virtual address ({@code
   * FI_MR_VIRT_ADDR}); else it is 0, and peers count from the region's beginning.
   *
   * @return true if it is the virtual address
   */
  public boolean usesVirtualAddresses() {
    return (registrationMode & Constants.FI_MR_VIRT_ADDR) != 0;
  }

  /**
   * Says whether the provider chooses the keys of regions ({@code FI_MR_PROV_KEY}), not {@link
   * Domain#register}'s caller.
   *
   * @return true if the provider does
   */
  public boolean choosesKeys() {
    return (registrationMode & Constants.FI_MR_PROV_KEY) != 0;
  }

  /**
   * The longest key of a region.
   *
   * @return bytes
   */
  public int keyBytes() {
    return Math.toIntExact(keyBytes);
  }

  /**
   * The longest data that a message or a write can carry to the peer's completion.
   *
   * @return bytes, 0 if the provider carries none
   */
  public int completionDataBytes() {
    return Math.toIntExact(completionDataBytes);
  }

  /**
   * Says whether endpoints have tagged messages; those of {@link EndpointType#DATAGRAM} have none.
   *
   * @return true if they have
   */
  public boolean hasTags() {
    return (capabilityBits & Constants.FI_TAGGED) != 0;
  }

  /**
   * Says whether endpoints that are opened with this have a capability.
   *
   * @param capability which
   * @return true if they have
   */
  public boolean has(Capability capability) {
    return capability == Capability.SHARED_RECEIVE
        ? sharesReceives
        : (capabilityBits & capability.bit()) == capability.bit();
  }

  private static boolean isUnknown(long result) {
    return result == -Constants.FI_ENOSYS
        || result == -Constants.FI_EOPNOTSUPP
        || result == -Constants.FI_ENOPROTOOPT;
  }

  /** Checks a result where "not implemented" is a provider's answer to a fair question. */
  void checkOffered(String function, long result, String what) {
    if (isUnknown(result)) {
      throw new UnsupportedOperationException(
          "provider "
              + provider
              + " offers no "
              + what
              + ": "
              + FabricException.of(function, result).getMessage());
    }
    FabricException.check(function, result);
  }

  /** Fails where endpoints do not have a capability. */
  void require(Capability capability) {
    if (!has(capability)) {
      throw new UnsupportedOperationException(
          "the endpoint over provider "
              + provider
              + " was opened without "
              + capability.libraryName()
              + ": discover with FabricHints.with(Capability."
              + capability
              + "), which fails if no provider offers it");
    }
  }

  /**
   * Says whether each operation must lend the provider a context ({@code FI_CONTEXT} or {@code
   * FI_CONTEXT2}); {@link OperationContexts} always do.
   *
   * @return true if it must
   */
  public boolean needsContexts() {
    return (mode & (Constants.FI_CONTEXT | Constants.FI_CONTEXT2)) != 0;
  }

  /**
   * The bits of a tag that the provider matches, {@code mem_tag_format} of fi_endpoint(3): the
   * alternation of ones and zeros marks fields, leading zeros are bits that are not matched.
   *
   * @return the format
   */
  public long tagFormat() {
    return tagFormat;
  }

  /**
   * How many sends may be outstanding.
   *
   * @return a count
   */
  public long sendQueueEntries() {
    return sendQueueEntries;
  }

  /**
   * How many receives may be outstanding.
   *
   * @return a count
   */
  public long receiveQueueEntries() {
    return receiveQueueEntries;
  }

  /**
   * How many pieces of memory a {@link Vectored} operation takes.
   *
   * @return a count
   */
  public int vectorEntries() {
    return Math.toIntExact(vectorEntries);
  }

  /**
   * The hardware.
   *
   * @return what the provider says of it, or null if it says nothing
   */
  public NetworkDevice device() {
    return device;
  }

  /** All that is known, one attribute a word. */
  @Override
  public String toString() {
    return provider
        + " on fabric "
        + fabricName
        + ", domain "
        + domainName
        + ": "
        + protocol
        + ", addresses "
        + addressFormat
        + ", caps "
        + capabilities
        + ", mode 0x"
        + Long.toHexString(mode)
        + ", registration "
        + registrationNames
        + ", inject "
        + injectBytes
        + " bytes, longest message "
        + (maxMessageBytes == Long.MAX_VALUE ? "unlimited" : maxMessageBytes + " bytes")
        + ", order "
        + orderNames
        + ", "
        + threading
        + ", "
        + progress
        + (device == null ? "" : ", device " + device);
  }
}
