package io.weft.comm;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The rules of a {@link Window}, the same for all libraries: what may be called when, and with
 * which arguments. What passes is handed on.
 */
abstract class CheckedWindow implements Window {
  private static final byte NONE = 0;
  private static final byte SHARED = 1;
  private static final byte EXCLUSIVE = 2;

  final int rank;
  final int size;
  private final Traffic traffic;
  private final byte[] held;
  private int holds;
  private boolean holdsAll;
  private boolean fenced;

  /** Whether operations were started since the last fence. */
  private boolean started;

  private boolean closed;

  CheckedWindow(int rank, int size, Traffic traffic) {
    this.rank = rank;
    this.size = size;
    this.traffic = traffic;
    this.held = new byte[size];
  }

  /** The checks of the communicator that every call starts with. */
  abstract void checkCommunicator();

  abstract MemorySegment ownMemory();

  abstract long lengthOf(int target);

  abstract void startPut(MemorySegment from, long at, long bytes, int target, long to);

  abstract void startGet(MemorySegment into, long at, long bytes, int target, long from);

  abstract void startAccumulate(
      MemorySegment from, long at, long count, ElementType type, ReduceOp op, int target, long to);

  abstract void startFetch(
      MemorySegment from,
      long at,
      MemorySegment into,
      long resultAt,
      ElementType type,
      ReduceOp op,
      int target,
      long to);

  abstract void doFence(boolean last);

  abstract void doLock(int target, boolean exclusive);

  abstract void doUnlock(int target);

  abstract void doLockAll();

  abstract void doUnlockAll();

  abstract void doFlush(int target);

  abstract void doFlushAll();

  /** Waits for all ranks and frees the memory; collective. */
  abstract void doClose();

  private void check() {
    checkCommunicator();
    if (closed) {
      throw new IllegalStateException("the window is closed");
    }
  }

  @Override
  public final MemorySegment memory() {
    check();
    return ownMemory();
  }

  @Override
  public final long lengthBytes(int target) {
    check();
    Arguments.peer(target, size);
    return lengthOf(target);
  }

  @Override
  public final void put(MemorySegment from, long at, long bytes, int target, long to) {
    check();
    Regions.source(from, at, bytes);
    access(target, to, bytes);
    startPut(from, at, bytes, target, to);
    count(target, bytes);
  }

  @Override
  public final void get(MemorySegment into, long at, long bytes, int target, long from) {
    check();
    Regions.target(into, at, bytes);
    access(target, from, bytes);
    startGet(into, at, bytes, target, from);
    count(target, bytes);
  }

  @Override
  public final void accumulate(
      MemorySegment from, long at, long count, ElementType type, ReduceOp op, int target, long to) {
    check();
    long bytes = Regions.bytes(count, type.sizeBytes());
    Regions.source(from, at, bytes);
    access(target, to, bytes);
    aligned(to, type);
    startAccumulate(from, at, count, type, op, target, to);
    count(target, bytes);
  }

  @Override
  public final void fetchAndOp(
      MemorySegment from,
      long at,
      MemorySegment into,
      long resultAt,
      ElementType type,
      ReduceOp op,
      int target,
      long to) {
    check();
    Regions.source(from, at, type.sizeBytes());
    Regions.target(into, resultAt, type.sizeBytes());
    apart(from.address() + at, into.address() + resultAt, type.sizeBytes());
    access(target, to, type.sizeBytes());
    aligned(to, type);
    startFetch(from, at, into, resultAt, type, op, target, to);
    count(target, type.sizeBytes());
  }

  private void access(int target, long offset, long bytes) {
    Arguments.peer(target, size);
    long room = lengthOf(target);
    if (offset < 0 || bytes > room || offset > room - bytes) {
      throw new IndexOutOfBoundsException(
          bytes
              + " bytes at "
              + offset
              + " are not within the "
              + room
              + " bytes of rank "
              + target
              + "'s memory");
    }
    if (fenced) {
      started = true;
    } else if (held[target] == NONE) {
      throw new IllegalStateException(
          "no operation on rank "
              + target
              + "'s memory is allowed now: call fence on all ranks, or lock it");
    }
  }

  private static void apart(long operand, long result, long bytes) {
    if (Math.abs(operand - result) < bytes) {
      throw new IllegalArgumentException("the result's place overlaps the operand's");
    }
  }

  private static void aligned(long offset, ElementType type) {
    if (offset % type.sizeBytes() != 0) {
      throw new IllegalArgumentException(
          "the target's offset " + offset + " is no multiple of the size of " + type);
    }
  }

  private void count(int target, long bytes) {
    if (target != rank) {
      traffic.countOneSided(bytes);
    }
  }

  @Override
  public final void fence() {
    fence(false);
  }

  @Override
  public final void lastFence() {
    fence(true);
  }

  private void fence(boolean last) {
    check();
    noLock("a fence");
    doFence(last);
    started = false;
    fenced = !last;
  }

  private void noLock(String what) {
    if (holds > 0) {
      throw new IllegalStateException(
          what + " is not allowed while this rank holds " + holds + " locks: unlock first");
    }
  }

  private void noFence() {
    if (fenced) {
      throw new IllegalStateException(
          "a lock is not allowed between two fences: end them by lastFence on all ranks");
    }
  }

  @Override
  public final void lock(int target, boolean exclusive) {
    check();
    Arguments.peer(target, size);
    noFence();
    if (held[target] != NONE) {
      throw new IllegalStateException(
          "this rank holds "
              + (held[target] == EXCLUSIVE ? "an exclusive" : "a shared")
              + " lock on rank "
              + target
              + "'s memory already");
    }
    doLock(target, exclusive);
    held[target] = exclusive ? EXCLUSIVE : SHARED;
    holds++;
  }

  @Override
  public final void unlock(int target) {
    holding(target);
    if (holdsAll) {
      throw new IllegalStateException("what lockAll has locked is given back by unlockAll");
    }
    doUnlock(target);
    held[target] = NONE;
    holds--;
  }

  private void holding(int target) {
    check();
    Arguments.peer(target, size);
    if (held[target] == NONE) {
      throw new IllegalStateException("this rank holds no lock on rank " + target + "'s memory");
    }
  }

  @Override
  public final void lockAll() {
    check();
    noFence();
    noLock("lockAll");
    doLockAll();
    Arrays.fill(held, SHARED);
    holds = size;
    holdsAll = true;
  }

  @Override
  public final void unlockAll() {
    check();
    if (!holdsAll) {
      throw new IllegalStateException("lockAll was not called before");
    }
    doUnlockAll();
    Arrays.fill(held, NONE);
    holds = 0;
    holdsAll = false;
  }

  @Override
  public final void flush(int target) {
    holding(target);
    doFlush(target);
  }

  @Override
  public final void flushAll() {
    check();
    if (holds == 0) {
      throw new IllegalStateException("this rank holds no lock");
    }
    doFlushAll();
  }

  @Override
  public final void close() {
    if (closed) {
      return;
    }
    check();
    noLock("close");
    if (started) {
      throw new IllegalStateException("operations are under way: call fence before close");
    }
    if (fenced) {
      doFence(true); // MPI wants every epoch ended; all ranks are in this one.
    }
    closed = true;
    doClose();
  }

  /** Closes with the communicator, on every rank, whatever epoch the window is in. */
  final void closeInAnyEpoch() {
    if (closed) {
      return;
    }
    if (holdsAll) {
      doUnlockAll();
    }
    for (int target = 0; !holdsAll && target < size; target++) {
      if (held[target] != NONE) {
        doUnlock(target);
      }
    }
    if (fenced) {
      doFence(true);
    }
    closed = true;
    doClose();
  }
}
