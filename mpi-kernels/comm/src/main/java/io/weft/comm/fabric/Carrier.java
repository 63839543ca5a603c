package io.weft.comm.fabric;

import io.weft.fabric.Fabric;
import io.weft.fabric.FabricInfo;
import io.weft.fabric.NetworkDevice;

/**
 * What carries a channel's messages, in words for people and results.
 *
 * @param library whose code moves them
 * @param provider its name there
 * @param protocol how
 * @param device through which device; null for none
 * @param text all that is known of it
 */
record Carrier(
    String library, String provider, String protocol, NetworkDevice device, String text) {
  static Carrier of(FabricInfo info) {
    return new Carrier(
        Fabric.libraryVersion(),
        info.provider(),
        String.valueOf(info.protocol()),
        info.device(),
        "rank 0's endpoint: " + info);
  }

  static Carrier of(RingLink link) {
    boolean reads = link.readsMemory();
    return new Carrier(
        "Weft's rings in shared memory (no libfabric)",
        reads ? RingLink.READING : RingLink.BY_PIECES,
        reads ? "rings; long messages by process_vm_readv" : "rings",
        null,
        "rings in memory that all ranks map");
  }
}
