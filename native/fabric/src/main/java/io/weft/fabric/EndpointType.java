package io.weft.fabric;

import io.weft.fabric.ffm.Constants;

/** Kinds of endpoints without connections, fi_endpoint(3). */
public enum EndpointType {
  /** Messages arrive, once and whole, with or without tags ({@code FI_EP_RDM}). */
  RELIABLE_DATAGRAM(Constants.FI_EP_RDM),

  /**
   * Messages without tags, of at most {@link FabricInfo#maxMessageBytes}, that may be lost, or
   * overtake each other ({@code FI_EP_DGRAM}).
   */
  DATAGRAM(Constants.FI_EP_DGRAM);

  private final int value;

  EndpointType(int value) {
    this.value = value;
  }

  int value() {
    return value;
  }
}
