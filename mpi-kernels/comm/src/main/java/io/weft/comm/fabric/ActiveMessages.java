package io.weft.comm.fabric;

import java.lang.foreign.MemorySegment;

/** Takes what comes in under a context and is for no receive. Called while the channel polls. */
interface ActiveMessages {
  /**
   * A message has come in.
   *
   * @param source the channel's rank that sent it
   * @param from holds it during the call
   * @param at where it starts
   * @param length its length in bytes
   */
  void arrived(int source, MemorySegment from, long at, long length);

  /**
   * A rank has written to memory that was registered for it, and tells so.
   *
   * @param which what it was told to say
   */
  void written(int which);
}
