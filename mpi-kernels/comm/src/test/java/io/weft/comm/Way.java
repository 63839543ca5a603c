package io.weft.comm;

import io.weft.launch.Intra;
import io.weft.launch.Network;
import io.weft.launch.Via;

/**
 * The way of a cell's messages: what its variant {@code VIA/NETWORK[/INTRA[/PROVIDER]][ with
 * FAULTS]} names.
 *
 * @param provider the libfabric provider, or null for the usual one
 */
record Way(Via via, Network network, Intra intra, String provider) {
  static Way of(String variant) {
    String[] words = variant.split(" with ")[0].split("/");
    return new Way(
        Via.of(words[0]),
        Network.of(words[1]),
        words.length > 2 ? Intra.of(words[2]) : Intra.SHM,
        words.length > 3 ? words[3] : null);
  }

  Communicator open(Job job) {
    return job.open(via, network, intra, provider);
  }

  /** Whether messages go through Weft's own rings in shared memory. */
  boolean usesRings() {
    return via == Via.LIBFABRIC
        && network == Network.SHM
        && (provider == null || provider.startsWith("weft-shm"));
  }

  /**
   * Whether the provider itself keeps a packet, 16 KiB with ofi_rxm and 8 with efa, for each
   * message that comes in a burst, however short it is.
   */
  boolean keepsPackets() {
    return "tcp;ofi_rxm".equals(provider) || network == Network.EFA;
  }

  boolean isTcp() {
    return network == Network.ENA;
  }
}
