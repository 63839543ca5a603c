package io.weft.comm.fabric;

import io.weft.comm.CommunicatorException;
import java.util.concurrent.locks.LockSupport;

/**
 * What a thread does while it polls in vain: spins, then gives its core away, and at last gives up.
 * Where more ranks than cores share a host, the core that a peer needs is given away early, and a
 * long wait sleeps between polls; with a core of its own a rank stays awake, for every message's
 * delay is its peers' too.
 */
final class Waiting {
  /** Empty polls before the core is given away, with a core for each rank. */
  private static final int SPINS_ALONE = 2_000;

  /** The same with fewer cores than ranks. */
  private static final int SPINS_CROWDED = 50;

  /**
   * Empty polls before they are spaced out: an answer that comes at once is found some 10 ns sooner
   * by polls that follow each other directly.
   */
  private static final int POLLS_DIRECT = 100;

  /** Empty polls before a rank that shares its core sleeps between two of them. */
  private static final int POLLS_AWAKE = 20_000;

  /** How long, in nanoseconds: what the kernel's timers are exact to. */
  private static final long NAP_NANOS = 50_000;

  /** How often, in yields, the clock is read: a power of two. */
  private static final int CLOCK_INTERVAL = 64;

  /** How often to look after the peers. */
  private static final long LOOK_NANOS = 200_000_000;

  private final boolean crowded;
  private final int spins;
  private final long timeoutNanos;
  private long deadline;
  private long nextLook;

  Waiting(boolean crowded, long timeoutNanos) {
    this.crowded = crowded;
    this.spins = crowded ? SPINS_CROWDED : SPINS_ALONE;
    this.timeoutNanos = timeoutNanos;
  }

  /**
   * Passes the time after an empty poll.
   *
   * @param emptyPolls how many there were in a row, from 1
   * @param look run now and then: throws if a peer is gone
   * @return false once the deadline has passed
   */
  boolean idle(int emptyPolls, Runnable look) {
    if (emptyPolls < spins) {
      if (emptyPolls > POLLS_DIRECT) {
        Thread.onSpinWait();
      }
      return true;
    }
    if (crowded && emptyPolls > POLLS_AWAKE) {
      LockSupport.parkNanos(NAP_NANOS);
    } else {
      Thread.yield();
    }
    return (emptyPolls & CLOCK_INTERVAL - 1) != 0 || inTime(emptyPolls, look);
  }

  private boolean inTime(int emptyPolls, Runnable look) {
    long now = System.nanoTime();
    if (emptyPolls < spins + CLOCK_INTERVAL) {
      deadline = now + timeoutNanos;
      nextLook = now + LOOK_NANOS;
    }
    if (now - nextLook > 0) {
      look.run();
      nextLook = System.nanoTime() + LOOK_NANOS;
    }
    return timeoutNanos == 0 || now - deadline < 0;
  }

  /** The exception for a wait that {@link #idle} ended. */
  CommunicatorException expired(int rank, Object awaited) {
    return new CommunicatorException(
        "rank "
            + rank
            + ": no message moved for "
            + timeoutNanos / 1_000_000_000L
            + " s while waiting for "
            + awaited
            + ". Either a rank is gone, or it computes for longer than that: set "
            + FabricSettings.TIMEOUT_VARIABLE
            + " to more seconds, or to 0 for no limit");
  }
}
