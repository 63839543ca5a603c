package io.weft.bench.peer;

import io.weft.bench.Checksum;
import io.weft.ffi.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A pattern between pairs of ranks, over a library that brings messages: one alone, and a window of
 * them. A rank without a partner has nothing to do.
 */
abstract class PairOperation implements Operation {
  /** How many messages are in flight. */
  static final int WINDOW = 64;

  private final Pattern pattern;
  private final long bytes;
  private final int rank;
  private final int partner;
  private final boolean receives;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment out;
  private final MemorySegment in;

  PairOperation(Pattern pattern, long bytes, int rank, int size, int partner) {
    this.pattern = pattern;
    this.bytes = bytes;
    this.rank = rank;
    this.partner = partner;
    this.receives = Content.receives(pattern, rank, size);
    out = NativeMemory.allocatePages(arena, Math.max(bytes, Byte.BYTES));
    in = NativeMemory.allocatePages(arena, Math.max(bytes, Byte.BYTES));
    if (Content.sends(pattern, rank, size)) {
      Content.fill(pattern, out, bytes, rank);
    }
  }

  final Pattern pattern() {
    return pattern;
  }

  final long bytes() {
    return bytes;
  }

  final int partner() {
    return partner;
  }

  /** What this rank sends; at least one byte, whatever the message's length. */
  final MemorySegment out() {
    return out;
  }

  /** What arrives here; likewise. */
  final MemorySegment in() {
    return in;
  }

  /** Sends a message; {@link #out} may be changed afterwards. */
  abstract void send();

  abstract void receive();

  abstract void sendEmpty();

  abstract void receiveEmpty();

  /** Sends {@link #WINDOW} messages. */
  abstract void sendWindow();

  abstract void receiveWindow();

  /** Sends {@link #WINDOW} messages and receives as many. */
  abstract void exchangeWindow();

  /** Writes into rank 1's memory; for libraries that can. */
  void put(int count) {
    throw new UnsupportedOperationException("no " + pattern.word());
  }

  /** Reads rank 1's memory; for libraries that can. */
  void get(int count) {
    throw new UnsupportedOperationException("no " + pattern.word());
  }

  /** Before operations of which the clock runs. */
  void begin() {}

  /** After them. */
  void end() {}

  @Override
  public final void run(int count) {
    if (partner < 0) {
      return;
    }
    begin();
    try {
      switch (pattern) {
        case PING_PONG -> pingPong(count);
        case BANDWIDTH, MESSAGE_RATE -> oneWay(count);
        case BIDIRECTIONAL -> bothWays(count);
        case PUT -> put(count);
        case GET -> get(count);
        default -> throw new IllegalStateException(pattern + " has no pairs");
      }
    } finally {
      end();
    }
  }

  private void pingPong(int count) {
    for (int i = 0; i < count; i += 2) {
      if (rank == 0) {
        send();
        receive();
      } else {
        receive();
        send();
      }
    }
  }

  private void oneWay(int count) {
    for (int i = 0; i < count; i += WINDOW) {
      if (rank < partner) {
        sendWindow();
        receiveEmpty();
      } else {
        receiveWindow();
        sendEmpty();
      }
    }
  }

  private void bothWays(int count) {
    for (int i = 0; i < count; i += WINDOW) {
      exchangeWindow();
    }
  }

  @Override
  public final boolean time(long[] nanos) {
    if (pattern != Pattern.PING_PONG) {
      return false;
    }
    if (partner < 0) {
      return true;
    }
    begin();
    try {
      for (int i = 0; i < nanos.length; i++) {
        long start = System.nanoTime();
        pingPong(2);
        nanos[i] = (System.nanoTime() - start) / 2;
      }
    } finally {
      end();
    }
    return true;
  }

  @Override
  public final long checksum() {
    return receives && bytes > 0 ? Checksum.sum(in, bytes) : 0;
  }

  /** Releases the buffers; an operation over memory that it registered takes that back before. */
  @Override
  public void close() {
    arena.close();
  }
}
