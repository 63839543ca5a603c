package io.weft.comm.fabric;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.weft.comm.CommunicatorException;
import io.weft.comm.ElementType;
import io.weft.comm.ReduceOp;
import io.weft.ffi.NativeMemory;
import io.weft.ffi.SharedMemory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Memory of each rank that all ranks map: an operation is a copy by the rank that asks for it, and
 * complete when it returns. What must be atomic is done under a lock in the same memory.
 */
final class SharedRemoteMemory extends RemoteMemory {
  /** Before a rank's memory: its locks, each in a cache line pair of its own. */
  private static final long HEADER = NativeMemory.PAGE_BYTES;

  /** 0: free; positive: so many share it; {@value #EXCLUSIVE}: one has it alone. */
  private static final long LOCK = 0;

  /** How many wait to have it alone: those who would share it let them pass. */
  private static final long WAITING = 128;

  /** 1 while a rank combines elements. */
  private static final long COMBINING = 256;

  private static final int EXCLUSIVE = -1;

  private static final VarHandle INT = JAVA_INT.varHandle();

  private final Channel channel;
  private final Group group;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment[] headers;
  private final MemorySegment[] memories;

  /** What is waited for at each rank, in words. */
  private final String[] turns;

  /** Makes one; collective. */
  SharedRemoteMemory(Channel channel, Group group, ByteExchange exchange, long lengthBytes) {
    this.channel = channel;
    this.group = group;
    this.headers = new MemorySegment[group.size()];
    this.memories = new MemorySegment[group.size()];
    this.turns = new String[group.size()];
    Arrays.setAll(turns, target -> "its turn at the window's memory of rank " + target);
    try (SharedMemory own = SharedMemory.create("weft-window")) {
      String refusal = "";
      String mine = "";
      try {
        mapped(own.path(), lengthBytes, group.rank());
        mine = lengthBytes + " " + own.path();
      } catch (IOException e) {
        refusal = lengthBytes + " bytes of memory to share: " + e.getMessage();
      }
      byte[][] all = exchange.allgather(mine.getBytes(StandardCharsets.UTF_8));
      for (int peer = 0; refusal.isEmpty() && peer < all.length; peer++) {
        String theirs = new String(all[peer], StandardCharsets.UTF_8);
        refusal = peer == group.rank() || theirs.isEmpty() ? "" : map(peer, theirs);
      }
      // Everybody has mapped everybody's, or knows who has not.
      byte[][] refusals = exchange.allgather(refusal.getBytes(StandardCharsets.UTF_8));
      for (int peer = 0; peer < refusals.length; peer++) {
        if (refusals[peer].length > 0) {
          arena.close();
          throw new CommunicatorException(
              "rank " + peer + ": " + new String(refusals[peer], StandardCharsets.UTF_8));
        }
      }
    }
  }

  private String map(int peer, String description) {
    String[] words = description.split(" ", 2);
    try {
      mapped(Path.of(words[1]), Long.parseLong(words[0]), peer);
      return "";
    } catch (IOException e) {
      return "the memory of rank " + peer + ": " + e.getMessage();
    }
  }

  private void mapped(Path path, long lengthBytes, int rank) throws IOException {
    MemorySegment all = SharedMemory.map(path, HEADER + lengthBytes, arena);
    headers[rank] = all.asSlice(0, HEADER);
    memories[rank] = all.asSlice(HEADER, lengthBytes);
  }

  @Override
  public MemorySegment memory() {
    return memories[group.rank()];
  }

  @Override
  public long lengthBytes(int rank) {
    return memories[rank].byteSize();
  }

  @Override
  public void put(MemorySegment from, long at, long bytes, int target, long to) {
    MemorySegment.copy(from, at, memories[target], to, bytes);
  }

  @Override
  public void get(MemorySegment into, long at, long bytes, int target, long from) {
    MemorySegment.copy(memories[target], from, into, at, bytes);
  }

  @Override
  public void accumulate(
      MemorySegment from, long at, long bytes, ElementType type, ReduceOp op, int target, long to) {
    await(target, COMBINING, 1);
    Reduction.apply(type, op, memories[target], to, from, at, bytes);
    INT.setRelease(headers[target], COMBINING, 0);
  }

  @Override
  public void fetchAndOp(
      MemorySegment from,
      long at,
      MemorySegment into,
      long resultAt,
      ElementType type,
      ReduceOp op,
      int target,
      long to) {
    long bytes = type.sizeBytes();
    await(target, COMBINING, 1);
    MemorySegment.copy(memories[target], to, into, resultAt, bytes);
    Reduction.apply(type, op, memories[target], to, from, at, bytes);
    INT.setRelease(headers[target], COMBINING, 0);
  }

  /** Waits until a word is 0, and makes it something else. */
  private void await(int target, long word, int then) {
    int empty = 0;
    while (!INT.compareAndSet(headers[target], word, 0, then)) {
      empty = channel.pollOrIdle(empty, turns[target]);
    }
  }

  @Override
  public void flush(int target) {
    VarHandle.fullFence();
  }

  @Override
  public void flushAll() {
    VarHandle.fullFence();
  }

  @Override
  public void synchronise() {
    VarHandle.fullFence();
  }

  @Override
  public void lock(int target, boolean exclusive) {
    MemorySegment header = headers[target];
    if (exclusive) {
      INT.getAndAdd(header, WAITING, 1);
      await(target, LOCK, EXCLUSIVE);
      INT.getAndAdd(header, WAITING, -1);
      return;
    }
    int empty = 0;
    while (!share(header)) {
      empty = channel.pollOrIdle(empty, turns[target]);
    }
  }

  private static boolean share(MemorySegment header) {
    int holders = (int) INT.getVolatile(header, LOCK);
    return holders >= 0
        && (int) INT.getVolatile(header, WAITING) == 0
        && INT.compareAndSet(header, LOCK, holders, holders + 1);
  }

  @Override
  public void unlock(int target) {
    MemorySegment header = headers[target];
    if (!INT.compareAndSet(header, LOCK, EXCLUSIVE, 0)) {
      INT.getAndAdd(header, LOCK, -1);
    }
  }

  @Override
  public void close() {
    channel.groups().end(group);
    arena.close();
  }
}
