package io.weft.bench.driver;

import io.weft.comm.fabric.ProviderChoice;
import io.weft.fabric.Discovery;
import io.weft.fabric.Fabric;
import io.weft.fabric.FabricHints;
import io.weft.fabric.FabricUnavailableException;
import io.weft.launch.Network;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether a network is here, asked once. */
final class NetworkHere {
  private final Map<Network, String> missing = new HashMap<>();
  private final boolean oneHost;

  NetworkHere(boolean oneHost) {
    this.oneHost = oneHost;
  }

  /** Why a network cannot be measured; null if it can. */
  String missing(Network network) {
    return missing.computeIfAbsent(network, this::ask).isEmpty() ? null : missing.get(network);
  }

  private String ask(Network network) {
    return switch (network) {
      case EFA -> {
        String said = missing(provider(Network.EFA));
        yield said == null ? "" : "no EFA device here: " + said;
      }
      case SHM -> oneHost ? "" : "the ranks are on several hosts, which share no memory";
      case ENA, AUTO -> "";
    };
  }

  /** The provider by which Weft's communicator would cross a network; the last if none is here. */
  static String provider(Network network) {
    List<String> candidates = ProviderChoice.usual(network);
    return candidates.stream()
        .filter(name -> missing(name) == null)
        .findFirst()
        .orElse(candidates.getLast());
  }

  /** Why libfabric has no such provider; null if it has. */
  private static String missing(String name) {
    try (Discovery found = Fabric.discover(FabricHints.provider(name))) {
      return found.first() == null ? "nothing" : null;
    } catch (FabricUnavailableException none) {
      return none.getMessage();
    }
  }
}
