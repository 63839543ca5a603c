package io.weft.fabric;

import io.weft.fabric.ffm.Constants;

/** Settings of an endpoint, fi_endpoint(3) at {@code fi_setopt}. No provider knows them all. */
public enum EndpointOption {
  /** Bytes that must be free in a buffer of several receives for it to be used further. */
  MIN_MULTI_RECEIVE("FI_OPT_MIN_MULTI_RECV", Constants.FI_OPT_MIN_MULTI_RECV),

  /** Bytes that a connection request can carry; read only. */
  CONNECTION_DATA_SIZE("FI_OPT_CM_DATA_SIZE", Constants.FI_OPT_CM_DATA_SIZE),

  /** Bytes from which on a message is buffered by its sender. */
  BUFFERED_MIN("FI_OPT_BUFFERED_MIN", Constants.FI_OPT_BUFFERED_MIN),

  /** Bytes of buffered messages, the longest. */
  BUFFERED_LIMIT("FI_OPT_BUFFERED_LIMIT", Constants.FI_OPT_BUFFERED_LIMIT),

  /** Bytes of the kernel's send buffer. */
  SEND_BUFFER("FI_OPT_SEND_BUF_SIZE", Constants.FI_OPT_SEND_BUF_SIZE),

  /** Bytes of the kernel's receive buffer. */
  RECEIVE_BUFFER("FI_OPT_RECV_BUF_SIZE", Constants.FI_OPT_RECV_BUF_SIZE),

  /** Sends that may be outstanding. */
  SEND_QUEUE("FI_OPT_TX_SIZE", Constants.FI_OPT_TX_SIZE),

  /** Receives that may be outstanding. */
  RECEIVE_QUEUE("FI_OPT_RX_SIZE", Constants.FI_OPT_RX_SIZE),

  /**
   * How often an EFA device repeats a packet whose receiver is not ready, 7 for always; only by
   * {@link EndpointSetup#option}. fi_efa(7).
   */
  EFA_RETRIES("FI_OPT_EFA_RNR_RETRY", Constants.FI_OPT_EFA_RNR_RETRY);

  private final String libraryName;
  private final int value;

  EndpointOption(String libraryName, int value) {
    this.libraryName = libraryName;
    this.value = value;
  }

  /**
   * The option's name in libfabric, such as {@code FI_OPT_MIN_MULTI_RECV}.
   *
   * @return its name
   */
  public String libraryName() {
    return libraryName;
  }

  /** Says whether it must be set before the endpoint is enabled; shm ends the process of others. */
  boolean isEarly() {
    return this == EFA_RETRIES;
  }

  int value() {
    return value;
  }
}
