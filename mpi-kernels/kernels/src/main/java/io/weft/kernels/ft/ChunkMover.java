package io.weft.kernels.ft;

import java.lang.foreign.MemorySegment;

/** Copies the parts of a transpose between arrays and messages; {@link TransposePipeline} sends. */
interface ChunkMover {
  /** How many parts there are. */
  int chunks();

  /** How long each message is, in bytes. */
  long messageBytes();

  /**
   * Copies what goes to another rank.
   *
   * @param chunk the part
   * @param to the other rank
   * @param message gets it
   * @param offsetBytes where
   */
  void pack(int chunk, int to, MemorySegment message, long offsetBytes);

  /**
   * Copies what came from another rank.
   *
   * @param chunk the part
   * @param from the other rank
   * @param message holds it
   * @param offsetBytes where
   */
  void unpack(int chunk, int from, MemorySegment message, long offsetBytes);

  /**
   * Copies what this rank has for itself.
   *
   * @param chunk the part
   */
  void keep(int chunk);
}
