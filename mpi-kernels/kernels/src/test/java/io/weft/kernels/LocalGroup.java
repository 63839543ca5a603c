package io.weft.kernels;

import io.weft.comm.Blocks;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

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

  void awaitTaken(int from, int to, int tag) {
    mailbox(from, to).awaitTaken(tag);
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

  /** Messages from one rank to one other that nobody has taken, one at a time for each tag. */
  private final class Mailbox {
    private final Map<Integer, Message> waiting = new HashMap<>();

    synchronized void post(MemorySegment buffer, long offset, long length, int tag) {
      Message message = waiting.computeIfAbsent(tag, key -> new Message());
      if (message.buffer != null) {
        throw new IllegalStateException("a message with tag " + tag + " is under way already");
      }
      message.buffer = buffer;
      message.offset = offset;
      message.length = length;
      notifyAll();
    }

    synchronized void awaitTaken(int tag) {
      while (waiting.get(tag).buffer != null) {
        await(this);
      }
    }

    synchronized long take(MemorySegment target, long targetOffset, long capacity, int tag) {
      Message message = waiting.computeIfAbsent(tag, key -> new Message());
      while (message.buffer == null) {
        await(this);
      }
      if (message.length > capacity) {
        throw new IllegalStateException(message.length + " bytes for a buffer of " + capacity);
      }
      MemorySegment.copy(message.buffer, message.offset, target, targetOffset, message.length);
      message.buffer = null;
      notifyAll();
      return message.length;
    }
  }

  /** A message that waits while it has a buffer. */
  private static final class Message {
    private MemorySegment buffer;
    private long offset;
    private long length;
  }
}
