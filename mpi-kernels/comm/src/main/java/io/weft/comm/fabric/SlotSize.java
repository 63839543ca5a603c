package io.weft.comm.fabric;

import io.weft.fabric.FabricInfo;

/** How long an envelope may be with what is in it, and how many are ready to come in. */
final class SlotSize {
  /** What shm takes without a hand-shake of its own, and a packet of any network holds. */
  private static final long SHORT = 4096;

  /**
   * What ofi_rxm takes without a hand-shake of its own. With envelopes of 64 KiB messages came in
   * another order than they were sent (libfabric 1.17).
   */
  private static final long LAYERED = 16 * 1024;

  /**
   * 64 KiB with their envelope: over TCP a round trip costs more than to copy this. A multiple of a
   * cache line.
   */
  private static final long LONG = 64 * 1024 + 64;

  /** What all slots take together. */
  private static final long MOST_BYTES = 3 * 1024 * 1024;

  private SlotSize() {}

  /** The length of a slot in bytes; every rank has the same provider, hence the same length. */
  static long bytes(FabricInfo info) {
    return switch (info.provider()) {
      case "net", "tcp" -> LONG;
      case "tcp;ofi_rxm" -> LAYERED;
      default -> SHORT;
    };
  }

  /**
   * How many slots to keep posted: so many that the provider hardly ever has a message and no place
   * for it, and so few that it has places left for announced messages.
   */
  static int count(FabricInfo info) {
    long room = info.receiveQueueEntries() * 3 / 4;
    return Math.clamp(Math.min(room, MOST_BYTES / bytes(info)), 16, 768);
  }
}
