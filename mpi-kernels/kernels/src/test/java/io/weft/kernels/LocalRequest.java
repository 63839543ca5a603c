package io.weft.kernels;

import io.weft.comm.PersistentRequest;
import io.weft.comm.ReceiveStatus;
import io.weft.comm.Traffic;
import java.lang.foreign.MemorySegment;

/** A message between threads that is sent or received again and again. */
final class LocalRequest implements PersistentRequest {
  private final LocalGroup group;
  private final int from;
  private final int to;
  private final MemorySegment buffer;
  private final long offset;
  private final long length;
  private final int tag;

  /** Counts what is sent; null for a receive. */
  private final Traffic sent;

  private boolean active;

  LocalRequest(
      LocalGroup group,
      int from,
      int to,
      MemorySegment buffer,
      long offset,
      long length,
      int tag,
      Traffic sent) {
    this.group = group;
    this.from = from;
    this.to = to;
    this.buffer = buffer;
    this.offset = offset;
    this.length = length;
    this.tag = tag;
    this.sent = sent;
  }

  @Override
  public void start() {
    if (active) {
      throw new IllegalStateException("the request is under way");
    }
    active = true;
    if (sent != null) {
      group.post(from, to, buffer, offset, length, tag);
      sent.countMessage(length);
    }
  }

  @Override
  public void await(ReceiveStatus status) {
    if (!active) {
      return;
    }
    if (sent == null) {
      group.take(from, to, buffer, offset, length, tag);
    } else {
      group.awaitTaken(from, to, tag);
    }
    active = false;
  }

  @Override
  public boolean test(ReceiveStatus status) {
    throw new UnsupportedOperationException("test");
  }

  @Override
  public boolean isActive() {
    return active;
  }

  @Override
  public void close() {
    if (active) {
      throw new IllegalStateException("the request is under way");
    }
  }
}
