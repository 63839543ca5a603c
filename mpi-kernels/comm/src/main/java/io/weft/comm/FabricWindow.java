package io.weft.comm;

import io.weft.comm.fabric.RemoteMemory;
import java.lang.foreign.MemorySegment;

/** A window over what the communicator's carrier offers. */
final class FabricWindow extends CheckedWindow {
  private final FabricCommunicator communicator;
  private final RemoteMemory remote;

  FabricWindow(FabricCommunicator communicator, RemoteMemory remote) {
    super(communicator.rank(), communicator.size(), communicator.traffic());
    this.communicator = communicator;
    this.remote = remote;
  }

  @Override
  MemorySegment ownMemory() {
    return remote.memory();
  }

  @Override
  long lengthOf(int target) {
    return remote.lengthBytes(target);
  }

  @Override
  void checkCommunicator() {
    communicator.check();
  }

  @Override
  void startPut(MemorySegment from, long at, long bytes, int target, long to) {
    remote.put(from, at, bytes, target, to);
  }

  @Override
  void startGet(MemorySegment into, long at, long bytes, int target, long from) {
    remote.get(into, at, bytes, target, from);
  }

  @Override
  void startAccumulate(
      MemorySegment from, long at, long count, ElementType type, ReduceOp op, int target, long to) {
    remote.accumulate(from, at, count * type.sizeBytes(), type, op, target, to);
  }

  @Override
  void startFetch(
      MemorySegment from,
      long at,
      MemorySegment into,
      long resultAt,
      ElementType type,
      ReduceOp op,
      int target,
      long to) {
    remote.fetchAndOp(from, at, into, resultAt, type, op, target, to);
  }

  @Override
  void doFence(boolean last) {
    remote.flushAll();
    communicator.collectives.barrier();
    remote.synchronise();
  }

  @Override
  void doLock(int target, boolean exclusive) {
    remote.lock(target, exclusive);
  }

  @Override
  void doUnlock(int target) {
    remote.flush(target);
    remote.unlock(target);
  }

  @Override
  void doLockAll() {
    for (int target = 0; target < size; target++) {
      remote.lock(target, false);
    }
  }

  @Override
  void doUnlockAll() {
    remote.flushAll();
    for (int target = 0; target < size; target++) {
      remote.unlock(target);
    }
  }

  @Override
  void doFlush(int target) {
    remote.flush(target);
  }

  @Override
  void doFlushAll() {
    remote.flushAll();
  }

  @Override
  void doClose() {
    communicator.collectives.barrier();
    remote.settle();
    abandon();
  }

  /** Frees this rank's memory, where the others do not use it any more. */
  void abandon() {
    communicator.forget(this);
    remote.close();
  }
}
