package io.weft.kernels;

import io.weft.comm.Blocks;
import java.lang.foreign.MemorySegment;

/** What the ranks of a {@link LocalCommunicator} share. */
final class LocalGroup {
  private static final long PATIENCE_MILLIS = 300_000;

  private final int size;
  private final LocalMailbox[] mailboxes;
  private final MemorySegment[] contributions;
  private final long[] contributionOffsets;
  private final Blocks[] blocks;

  private int waiting;
  private long meetings;
  private volatile Throwable failure;

  LocalGroup(int size) {
    this.size = size;
    this.mailboxes = new LocalMailbox[size * size];
    for (int k = 0; k < mailboxes.length; k++) {
      mailboxes[k] = new LocalMailbox(this);
    }
    this.contributions = new MemorySegment[size];
    this.contributionOffsets = new long[size];
    this.blocks = new Blocks[size];
  }

  int size() {
    return size;
  }

  /** The messages from one rank to one other. */
  LocalMailbox mailbox(int from, int to) {
    if (from < 0 || from >= size || to < 0 || to >= size) {
      throw new IllegalArgumentException("no such ranks: " + from + " to " + to);
    }
    return mailboxes[from * size + to];
  }

  /** Waits until every rank is here. */
  synchronized void meet() {
    long meeting = meetings;
    waiting++;
    if (waiting == size) {
      waiting = 0;
      meetings++;
      notifyAll();
    }
    while (meetings == meeting) {
      await(this);
    }
  }

  /** Shows a rank's buffer to all others; returns when all have. */
  void contribute(int rank, MemorySegment buffer, long offset) {
    synchronized (this) {
      contributions[rank] = buffer;
      contributionOffsets[rank] = offset;
    }
    meet();
  }

  /** Shows a rank's buffer and where its blocks lie to all others; returns when all have. */
  void contribute(int rank, MemorySegment buffer, long offset, Blocks sent) {
    synchronized (this) {
      blocks[rank] = sent;
    }
    contribute(rank, buffer, offset);
  }

  synchronized Blocks blocks(int rank) {
    return blocks[rank];
  }

  synchronized MemorySegment contribution(int rank) {
    return contributions[rank].asSlice(contributionOffsets[rank]);
  }

  void fail(Throwable cause) {
    synchronized (this) {
      if (failure == null) {
        failure = cause;
      }
      notifyAll();
    }
    for (LocalMailbox mailbox : mailboxes) {
      synchronized (mailbox) {
        mailbox.notifyAll();
      }
    }
  }

  boolean hasFailed() {
    return failure != null;
  }

  void rethrow() {
    switch (failure) {
      case null -> {}
      case RuntimeException exception -> throw exception;
      case Error error -> throw error;
      case Throwable other -> throw new IllegalStateException(other);
    }
  }

  /** Waits for a change, though not for ever; the caller owns the monitor. */
  void await(Object monitor) {
    if (failure != null) {
      throw new IllegalStateException("another rank failed");
    }
    try {
      long start = System.nanoTime();
      monitor.wait(PATIENCE_MILLIS);
      if (System.nanoTime() - start > PATIENCE_MILLIS * 900_000) {
        throw new IllegalStateException("no rank did anything for " + PATIENCE_MILLIS + " ms");
      }
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
