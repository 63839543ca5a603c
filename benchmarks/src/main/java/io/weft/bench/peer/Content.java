package io.weft.bench.peer;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.MemorySegment;

/** What ranks send, and how much they send and receive: the rule of {@link Pattern}. */
final class Content {
  private static final int PERIOD = 7;

  private Content() {}

  /** Whether a rank sends anything. */
  static boolean sends(Pattern pattern, int rank, int size) {
    return switch (pattern) {
      case PING_PONG, BIDIRECTIONAL -> rank < 2;
      case BANDWIDTH, PUT, BCAST -> rank == 0;
      case GET -> rank == 1;
      case MESSAGE_RATE -> rank < size / 2;
      case BARRIER -> false;
      case ALLREDUCE, ALLTOALL, HALO_2D, HALO_3D -> true;
    };
  }

  /** Whether a rank receives anything. */
  static boolean receives(Pattern pattern, int rank, int size) {
    return switch (pattern) {
      case PING_PONG, BIDIRECTIONAL -> rank < 2;
      case BANDWIDTH, PUT -> rank == 1;
      case GET -> rank == 0;
      case MESSAGE_RATE -> rank >= size / 2;
      case BCAST -> rank != 0;
      case BARRIER -> false;
      case ALLREDUCE, ALLTOALL, HALO_2D, HALO_3D -> true;
    };
  }

  /** How many blocks of a message's bytes a buffer has. */
  static int blocks(Pattern pattern, int size) {
    return switch (pattern) {
      case ALLTOALL -> size;
      case HALO_2D -> 4;
      case HALO_3D -> 6;
      default -> 1;
    };
  }

  /**
   * The other rank of a pair; -1 for a rank that has none, or a pattern without pairs.
   *
   * @param pattern what
   * @param rank whose
   * @param size the number of ranks
   * @return a rank, or -1
   */
  static int partner(Pattern pattern, int rank, int size) {
    return switch (pattern) {
      case PING_PONG, BANDWIDTH, BIDIRECTIONAL, PUT, GET -> rank < 2 ? 1 - rank : -1;
      case MESSAGE_RATE -> rank < size / 2 ? rank + size / 2 : rank - size / 2;
      default -> -1;
    };
  }

  /** Fills what a rank sends. */
  static void fill(Pattern pattern, MemorySegment memory, long length, int rank) {
    if (pattern == Pattern.ALLREDUCE) {
      for (long k = 0; k < length / Double.BYTES; k++) {
        memory.setAtIndex(JAVA_DOUBLE, k, (double) (k % PERIOD) + rank);
      }
    } else {
      for (long k = 0; k < length; k++) {
        memory.set(JAVA_BYTE, k, (byte) (PERIOD * k + rank));
      }
    }
  }
}
