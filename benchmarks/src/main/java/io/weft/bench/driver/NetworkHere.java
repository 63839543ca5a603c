package io.weft.bench.driver;

import io.weft.fabric.Discovery;
import io.weft.fabric.Fabric;
import io.weft.fabric.FabricHints;
import io.weft.fabric.FabricUnavailableException;
import io.weft.launch.Network;
import java.util.HashMap;
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
        String said = provider("efa");
        yield said == null ? "" : "no EFA device here: " + said;
      }
      case SHM -> oneHost ? "" : "the ranks are on several hosts, which share no memory";
      case ENA, AUTO -> "";
    };
  }

  /** What libfabric's provider for TCP is called: renamed in 2.0. */
  static String tcpProvider() {
    return provider("net") == null ? "net" : "tcp";
  }

  private static String provider(String name) {
    try (Discovery found = Fabric.discover(FabricHints.provider(name))) {
      return found.first() == null ? "nothing" : null;
    } catch (FabricUnavailableException none) {
      return none.getMessage();
    }
  }
}
