package io.weft.kernels;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages from one rank of a {@link LocalGroup} to one other, and the receives that wait for them.
 * Those of one tag meet in order, the oldest with the oldest, whichever is asked for first; whoever
 * asks copies. A sender's bytes stay where they are until then. Allocates only for more messages
 * under way than ever before.
 */
final class LocalMailbox {
  private final LocalGroup group;
  private final List<Entry> sent = new ArrayList<>();
  private final List<Entry> wanted = new ArrayList<>();
  private final List<Entry> free = new ArrayList<>();

  /** A message or a receive. */
  static final class Entry {
    private MemorySegment buffer;
    private long offset;
    private long length;
    private int tag;
    private boolean done;
  }

  LocalMailbox(LocalGroup group) {
    this.group = group;
  }

  /** Leaves a message. */
  synchronized Entry post(MemorySegment buffer, long offset, long length, int tag) {
    Entry from = entry(buffer, offset, length, tag);
    Entry to = takeOut(wanted, tag);
    if (to == null) {
      sent.add(from);
    } else {
      meet(from, to);
    }
    return from;
  }

  /** Asks for a message. */
  synchronized Entry ask(MemorySegment buffer, long offset, long capacity, int tag) {
    Entry to = entry(buffer, offset, capacity, tag);
    Entry from = takeOut(sent, tag);
    if (from == null) {
      wanted.add(to);
    } else {
      meet(from, to);
    }
    return to;
  }

  private Entry entry(MemorySegment buffer, long offset, long length, int tag) {
    if (!buffer.isNative()) {
      throw new IllegalArgumentException("a message buffer is native memory");
    }
    Entry entry = free.isEmpty() ? new Entry() : free.removeLast();
    entry.buffer = buffer;
    entry.offset = offset;
    entry.length = length;
    entry.tag = tag;
    entry.done = false;
    return entry;
  }

  private static Entry takeOut(List<Entry> entries, int tag) {
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).tag == tag) {
        return entries.remove(i);
      }
    }
    return null;
  }

  private void meet(Entry from, Entry to) {
    if (from.length > to.length) {
      throw new IllegalStateException(from.length + " bytes for a buffer of " + to.length);
    }
    MemorySegment.copy(from.buffer, from.offset, to.buffer, to.offset, from.length);
    to.length = from.length;
    from.done = true;
    to.done = true;
    notifyAll();
  }

  /** Whether it has met its counterpart. */
  synchronized boolean isDone(Entry entry) {
    return entry.done;
  }

  /** Waits until it has. */
  synchronized void await(Entry entry) {
    while (!entry.done) {
      group.await(this);
    }
  }

  /** Takes back one that is done; returns the message's length. */
  synchronized long end(Entry entry) {
    entry.buffer = null;
    free.add(entry);
    return entry.length;
  }
}
