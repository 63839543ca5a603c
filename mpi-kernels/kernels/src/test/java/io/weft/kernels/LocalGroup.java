package io.weft.kernels;

import io.weft.comm.Blocks;
import java.lang.foreign.MemorySegment;

/** What the ranks of a {@link LocalCommunicator} share. */
final class LocalGroup {
  private final int size;
  private final Mailbox[] mailboxes;
  private final MemorySegment[] contributions;
  private final long[] contributionOffsets;
  private final Blocks[] blocks;

  private int waiting;
  private long meetings;
  private volatile Throwable failure;

  LocalGroup(int size) {
    this.size = size;
    this.mailboxes = new Mailbox[size * size];
    for (int k = 0; k < mailboxes.length; k++) {
      mailboxes[k] = new Mailbox();
    }
    this.contributions = new MemorySegment[size];
    this.contributionOffsets = new long[size];
    this.blocks = new Blocks[size];
  }

  int size() {
    return size;
  }

  void post(int from, int to, MemorySegment buffer, long offset, long length, int tag) {
    if (!buffer.isNative()) {
      throw new IllegalArgumentException("a message buffer is native memory");
    }
    mailbox(from, to).post(buffer, offset, length, tag);
  }

  void awaitTaken(int from, int to) {
    mailbox(from, to).awaitTaken();
  }

  long take(int from, int to, MemorySegment buffer, long offset, long capacity, int tag) {
    if (!buffer.isNative()) {
      throw new IllegalArgumentException("a message buffer is native memory");
    }
    return mailbox(from, to).take(buffer, offset, capacity, tag);
  }

  private Mailbox mailbox(int from, int to) {
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
    for (Mailbox mailbox : mailboxes) {
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

  /** Waits for a change; the caller owns the monitor. */
  private void await(Object monitor) {
    if (failure != null) {
      throw new IllegalStateException("another rank failed");
    }
    try {
      monitor.wait();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** One message at a time from one rank to one other. */
  private final class Mailbox {
    private MemorySegment buffer;
    private long offset;
    private long length;
    private int tag;

    synchronized void post(MemorySegment buffer, long offset, long length, int tag) {
      if (this.buffer != null) {
        throw new IllegalStateException("a message is under way already");
      }
      this.buffer = buffer;
      this.offset = offset;
      this.length = length;
      this.tag = tag;
      notifyAll();
    }

    synchronized void awaitTaken() {
      while (buffer != null) {
        await(this);
      }
    }

    synchronized long take(MemorySegment target, long targetOffset, long capacity, int wanted) {
      while (buffer == null) {
        await(this);
      }
      if (tag != wanted) {
        throw new IllegalStateException("tag " + tag + " where " + wanted + " was awaited");
      }
      if (length > capacity) {
        throw new IllegalStateException(length + " bytes for a buffer of " + capacity);
      }
      MemorySegment.copy(buffer, offset, target, targetOffset, length);
      buffer = null;
      notifyAll();
      return length;
    }
  }
}
