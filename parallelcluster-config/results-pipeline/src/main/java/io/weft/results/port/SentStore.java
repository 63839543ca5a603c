package io.weft.results.port;

import java.io.IOException;
import java.time.Duration;

/**
 * What was told to whom, for ever: however often an event comes, and whoever gets it, each is told
 * once. Safe for several threads and processes.
 */
public interface SentStore {
  /** What a claim found. */
  enum Claim {
    /** Nobody has told it, and for the lease nobody else will. */
    MINE,
    /** It was told. */
    SENT,
    /** Somebody else is telling it now. */
    BUSY
  }

  /**
   * Claims to tell something. One step: of two that come at the same time one gets it.
   *
   * @param id what is told to whom, at most 1000 characters
   * @param lease after that others may claim it, for whoever claimed it has ended
   * @return what was found
   * @throws IOException if the store cannot be reached
   */
  Claim claim(String id, Duration lease) throws IOException;

  /**
   * Notes that it was told.
   *
   * @param id a claimed one
   * @throws IOException if the store cannot be reached; then it may be told again
   */
  void sent(String id) throws IOException;

  /**
   * Gives a claim back: telling failed.
   *
   * @param id a claimed one
   * @throws IOException if the store cannot be reached; then the lease's end does it
   */
  void release(String id) throws IOException;
}
