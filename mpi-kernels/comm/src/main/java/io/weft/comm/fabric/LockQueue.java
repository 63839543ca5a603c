package io.weft.comm.fabric;

import java.util.function.IntConsumer;

/** Who has the lock on this rank's memory, and who waits for it, in order of asking. */
final class LockQueue {
  private final IntConsumer grant;
  private final int[] waiting;
  private final boolean[] wantsAlone;
  private int first;
  private int count;
  private int sharers;
  private boolean alone;

  /**
   * Makes a free one.
   *
   * @param ranks how many may ask, each for one lock at a time
   * @param grant is told each rank that has got it
   */
  LockQueue(int ranks, IntConsumer grant) {
    this.grant = grant;
    this.waiting = new int[ranks];
    this.wantsAlone = new boolean[ranks];
  }

  void ask(int rank, boolean exclusive) {
    int place = (first + count) % waiting.length;
    waiting[place] = rank;
    wantsAlone[place] = exclusive;
    count++;
    serve();
  }

  /** One that has it gives it back. */
  void release() {
    if (alone) {
      alone = false;
    } else {
      sharers--;
    }
    serve();
  }

  /** Whether nobody has it, nor waits for it. */
  boolean isFree() {
    return !alone && sharers == 0 && count == 0;
  }

  private void serve() {
    while (count > 0 && !alone && (sharers == 0 || !wantsAlone[first])) {
      int rank = waiting[first];
      if (wantsAlone[first]) {
        alone = true;
      } else {
        sharers++;
      }
      first = (first + 1) % waiting.length;
      count--;
      grant.accept(rank);
    }
  }
}
