package io.weft.comm.fabric;

import io.weft.comm.CommunicatorException;
import io.weft.fabric.Capability;
import io.weft.fabric.Discovery;
import io.weft.fabric.Fabric;
import io.weft.fabric.FabricHints;
import io.weft.fabric.FabricInfo;
import io.weft.fabric.FabricUnavailableException;
import io.weft.launch.Network;
import java.util.List;

/** Which libfabric provider carries a network. */
public final class ProviderChoice {
  /**
   * TCP, best first: the native reliable-datagram provider is called {@code net} in libfabric 1.17
   * and {@code tcp} later; {@code tcp} of 1.17 has connections only and needs ofi_rxm above it.
   */
  private static final List<String> OVER_TCP = List.of("net", "tcp", "tcp;ofi_rxm");

  private ProviderChoice() {}

  /** Finds the provider for a network, or the one that is named. */
  static Discovery discover(FabricSettings settings) {
    List<String> candidates =
        settings.provider() == null ? usual(settings.network()) : List.of(settings.provider());
    FabricUnavailableException nothing = null;
    for (String provider : candidates) {
      try {
        return checked(discover(hints(provider, settings)));
      } catch (FabricUnavailableException missing) {
        nothing = nothing == null ? missing : nothing;
      }
    }
    throw candidates.size() == 1
        ? nothing
        : new FabricUnavailableException(
            "none of the providers "
                + String.join(", ", candidates)
                + " is there. For the first: "
                + nothing.getMessage());
  }

  /** With access to remote memory where that is offered: windows and halos use it. */
  private static Discovery discover(FabricHints hints) {
    try {
      return Fabric.discover(hints.with(Capability.RMA));
    } catch (FabricUnavailableException withoutRma) {
      return Fabric.discover(hints);
    }
  }

  /**
   * What carries a network where no provider is named.
   *
   * @param network not {@code auto}
   * @return libfabric's names, best first
   */
  public static List<String> usual(Network network) {
    return switch (network) {
      case SHM -> List.of("shm");
      case EFA -> List.of("efa");
      case ENA -> OVER_TCP;
      case AUTO ->
          throw new IllegalArgumentException(
              "network auto must be decided before a communicator opens");
    };
  }

  private static FabricHints hints(String provider, FabricSettings settings) {
    if (settings.network() != Network.ENA) {
      return FabricHints.provider(provider);
    }
    String address =
        settings.bindAddress() == null
            ? OwnAddress.choose(settings.oneHost())
            : settings.bindAddress();
    return new FabricHints(provider, address);
  }

  private static Discovery checked(Discovery discovery) {
    FabricInfo info = discovery.first();
    if (!info.ordersMessages()) {
      discovery.close();
      throw new CommunicatorException(
          "the provider does not keep messages in order (FI_ORDER_SAS): " + info);
    }
    return discovery;
  }
}
