package io.weft.comm;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;

/** The data path of windows, each a runnable that all ranks run as often. */
final class OneSidedPath implements AutoCloseable {
  private final Window fenced;
  private final Window locked;
  private final long length;
  private final int next;
  private final MemorySegment out;
  private final MemorySegment in;

  OneSidedPath(Communicator comm, long length) {
    this.length = length;
    next = (comm.rank() + 1) % comm.size();
    out = comm.allocate(length);
    in = comm.allocate(length);
    fenced = comm.openWindow(length);
    locked = comm.openWindow(length);
  }

  Map<String, Runnable> operations() {
    Map<String, Runnable> all = new LinkedHashMap<>();
    all.put("put and fence of " + length, this::put);
    all.put("get and fence of " + length, this::get);
    all.put("accumulate and fence of " + length, this::accumulate);
    all.put("lock, put, flush, unlock of " + length, this::lockAndFlush);
    all.put("lockAll, get, flushAll, fetchAndOp, unlockAll of " + length, this::lockAll);
    return all;
  }

  private void put() {
    fenced.fence();
    fenced.put(out, 0, length, next, 0);
    fenced.lastFence();
  }

  private void get() {
    fenced.fence();
    fenced.get(in, 0, length, next, 0);
    fenced.lastFence();
  }

  private void accumulate() {
    fenced.fence();
    fenced.accumulate(out, 0, length / 8, ElementType.DOUBLE, ReduceOp.MAX, next, 0);
    fenced.lastFence();
  }

  private void lockAndFlush() {
    locked.lock(next, true);
    locked.put(out, 0, length, next, 0);
    locked.flush(next);
    locked.unlock(next);
  }

  private void lockAll() {
    locked.lockAll();
    locked.get(in, 0, length, next, 0);
    locked.flushAll();
    locked.fetchAndOp(out, 0, in, 0, ElementType.LONG, ReduceOp.SUM, next, 0);
    locked.unlockAll();
  }

  @Override
  public void close() {
    locked.close();
    fenced.close();
  }
}
