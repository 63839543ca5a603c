package io.weft.comm;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Operations by name, to be tried one after the other. */
final class Operations {
  private final Map<String, Runnable> operations = new LinkedHashMap<>();

  void each(BiConsumer<String, Runnable> action) {
    operations.forEach(action);
  }

  /** All of a window that take memory; rank {@code target} is the target. */
  static Operations onWindow(Window w, MemorySegment b, int target, long offset) {
    MemorySegment none = b.asSlice(0, 0);
    ElementType type = ElementType.LONG;
    ReduceOp op = ReduceOp.SUM;
    return new Operations()
        .add("put", () -> w.put(b, 0, 8, target, offset))
        .add("get", () -> w.get(b, 0, 8, target, offset))
        .add("accumulate", () -> w.accumulate(b, 0, 1, type, op, target, offset))
        .add("fetchAndOp", () -> w.fetchAndOp(b, 0, b, 8, type, op, target, offset))
        .add("put of nothing", () -> w.put(none, 0, 0, target, offset));
  }

  /** Everything that a thread can call on a window. */
  static Operations everything(Window w, MemorySegment b) {
    return onWindow(w, b, 0, 0)
        .add("memory", w::memory)
        .add("lengthBytes", () -> w.lengthBytes(0))
        .add("fence", w::fence)
        .add("lastFence", w::lastFence)
        .add("lock", () -> w.lock(0, false))
        .add("unlock", () -> w.unlock(0))
        .add("lockAll", w::lockAll)
        .add("unlockAll", w::unlockAll)
        .add("flush", () -> w.flush(0))
        .add("flushAll", w::flushAll);
  }

  private Operations add(String name, Runnable operation) {
    operations.put(name, operation);
    return this;
  }

  /**
   * All that take buffers: the given one in each place, the others right. Lengths of reductions are
   * elements.
   */
  static Operations onBuffer(Communicator c, MemorySegment b, long offset, long length) {
    MemorySegment good = c.allocate(4096);
    int self = c.rank();
    Request request = c.newRequest();
    ElementType type = ElementType.DOUBLE;
    ReduceOp op = ReduceOp.SUM;
    long count = length % 8 == 0 && length < 1 << 20 && length > 0 ? length / 8 : length;
    return new Operations()
        .add("send", () -> c.send(b, offset, length, self, 1))
        .add("recv", () -> c.recv(b, offset, length, self, 1, null))
        .add("isend", () -> c.isend(b, offset, length, self, 1, request))
        .add("irecv", () -> c.irecv(b, offset, length, self, 1, request))
        .add("sendInit's send", () -> c.sendInit(b, offset, length, self, 1))
        .add("recvInit", () -> c.recvInit(b, offset, length, self, 1))
        .add("sendrecv's send", () -> c.sendrecv(b, offset, length, self, good, 0, 8, self, 1))
        .add("sendrecv's recv", () -> c.sendrecv(good, 0, 8, self, b, offset, length, self, 1))
        .add("bcast", () -> c.bcast(b, offset, length, 0))
        .add("reduce's send", () -> c.reduce(b, offset, good, 0, count, type, op, self))
        .add("reduce's recv", () -> c.reduce(good, 0, b, offset, count, type, op, self))
        .add("allreduce's send", () -> c.allreduce(b, offset, good, 0, count, type, op))
        .add("allreduce's recv", () -> c.allreduce(good, 0, b, offset, count, type, op))
        .add("allgather's send", () -> c.allgather(b, offset, good, 0, length))
        .add("allgather's recv", () -> c.allgather(good, 0, b, offset, length))
        .add("alltoall's send", () -> c.alltoall(b, offset, good, 0, length))
        .add("alltoall's recv", () -> c.alltoall(good, 0, b, offset, length))
        .add("gather's send", () -> c.gather(b, offset, good, 0, length, self))
        .add("gather's recv", () -> c.gather(good, 0, b, offset, length, self))
        .add("gatherv's send", () -> c.gatherv(b, offset, length, good, 0, same(c, length), self))
        .add("gatherv's recv", () -> c.gatherv(good, 0, length, b, offset, same(c, length), self))
        .add("scatter's send", () -> c.scatter(b, offset, good, 0, length, self))
        .add("scatter's recv", () -> c.scatter(good, 0, b, offset, length, self))
        .add("scatterv's send", () -> c.scatterv(b, offset, same(c, length), good, 0, length, self))
        .add("scatterv's recv", () -> c.scatterv(good, 0, same(c, length), b, offset, length, self))
        .add("allgatherv's send", () -> c.allgatherv(b, offset, good, 0, same(c, length)))
        .add("allgatherv's recv", () -> c.allgatherv(good, 0, b, offset, same(c, length)))
        .add(
            "alltoallv's send",
            () -> c.alltoallv(b, offset, same(c, length), good, 0, same(c, length)))
        .add(
            "alltoallv's recv",
            () -> c.alltoallv(good, 0, same(c, length), b, offset, same(c, length)))
        .add("reduceScatter's send", () -> c.reduceScatter(b, offset, good, 0, count, type, op))
        .add("reduceScatter's recv", () -> c.reduceScatter(good, 0, b, offset, count, type, op))
        .add("scan's send", () -> c.scan(b, offset, good, 0, count, type, op))
        .add("scan's recv", () -> c.scan(good, 0, b, offset, count, type, op));
  }

  /** A block of the same length for each rank. */
  private static Blocks same(Communicator c, long length) {
    long[] lengths = new long[c.size()];
    Arrays.fill(lengths, length);
    return Blocks.packed(lengths);
  }

  /** Those of {@link #onBuffer} that write the buffer. */
  static Operations intoBuffer(Communicator c, MemorySegment b, long offset, long length) {
    Operations all = onBuffer(c, b, offset, length);
    all.operations.keySet().removeIf(name -> name.endsWith("send"));
    if (c.rank() == 0) {
      all.operations.remove("bcast"); // From rank 0, which only reads it.
    }
    return all;
  }

  /** All that name a rank to send to, and roots. */
  static Operations toRank(Communicator c, MemorySegment b, int rank) {
    Request request = c.newRequest();
    int self = c.rank();
    return new Operations()
        .add("send", () -> c.send(b, 0, 8, rank, 1))
        .add("isend", () -> c.isend(b, 0, 8, rank, 1, request))
        .add("sendInit", () -> c.sendInit(b, 0, 8, rank, 1))
        .add("sendrecv to", () -> c.sendrecv(b, 0, 8, rank, b, 8, 8, self, 1))
        .add("sendrecv from", () -> c.sendrecv(b, 0, 8, self, b, 8, 8, rank, 1))
        .add("bcast", () -> c.bcast(b, 0, 8, rank))
        .add("reduce", () -> c.reduce(b, 0, b, 0, 1, ElementType.DOUBLE, ReduceOp.SUM, rank))
        .add("gather", () -> c.gather(b, 0, b, 32, 8, rank))
        .add("gatherv", () -> c.gatherv(b, 0, 8, b, 32, same(c, 8), rank))
        .add("scatter", () -> c.scatter(b, 32, b, 0, 8, rank))
        .add("scatterv", () -> c.scatterv(b, 32, same(c, 8), b, 0, 8, rank));
  }

  /** All that name a rank to receive from, where any is a choice. */
  static Operations fromRank(Communicator c, MemorySegment b, int rank) {
    Request request = c.newRequest();
    return new Operations()
        .add("recv", () -> c.recv(b, 0, 8, rank, 1, null))
        .add("probe", () -> c.probe(rank, 1, null))
        .add("iprobe", () -> c.iprobe(rank, 1, null))
        .add("recvInit", () -> c.recvInit(b, 0, 8, rank, 1))
        .add("irecv", () -> c.irecv(b, 0, 8, rank, 1, request));
  }

  /** All that send with a tag. */
  static Operations sendWithTag(Communicator c, MemorySegment b, int tag) {
    Request request = c.newRequest();
    int self = c.rank();
    return new Operations()
        .add("send", () -> c.send(b, 0, 8, self, tag))
        .add("isend", () -> c.isend(b, 0, 8, self, tag, request))
        .add("sendInit", () -> c.sendInit(b, 0, 8, self, tag))
        .add("sendrecv", () -> c.sendrecv(b, 0, 8, self, b, 8, 8, self, tag));
  }

  /** All that receive with a tag, where any is a choice. */
  static Operations recvWithTag(Communicator c, MemorySegment b, int tag) {
    Request request = c.newRequest();
    return new Operations()
        .add("recv", () -> c.recv(b, 0, 8, 0, tag, null))
        .add("probe", () -> c.probe(0, tag, null))
        .add("iprobe", () -> c.iprobe(0, tag, null))
        .add("recvInit", () -> c.recvInit(b, 0, 8, 0, tag))
        .add("irecv", () -> c.irecv(b, 0, 8, 0, tag, request));
  }

  /** Everything that a thread can call on a communicator and its request. */
  static Operations everything(Communicator c, MemorySegment b, Request request) {
    Operations all = new Operations();
    all.add("allocate", () -> c.allocate(8))
        .add("newRequest", c::newRequest)
        .add("send", () -> c.send(b, 0, 8, 0, 1))
        .add("recv", () -> c.recv(b, 0, 8, 0, 1, null))
        .add("isend", () -> c.isend(b, 0, 8, 0, 1, request))
        .add("irecv", () -> c.irecv(b, 0, 8, 0, 1, request))
        .add("sendrecv", () -> c.sendrecv(b, 0, 8, 0, b, 8, 8, 0, 1))
        .add("barrier", c::barrier)
        .add("bcast", () -> c.bcast(b, 0, 8, 0))
        .add("reduce", () -> c.reduce(b, 0, b, 0, 1, ElementType.DOUBLE, ReduceOp.SUM, 0))
        .add("allreduce", () -> c.allreduce(b, 0, b, 0, 1, ElementType.DOUBLE, ReduceOp.SUM))
        .add("allgather", () -> c.allgather(b, 0, b, 8, 8))
        .add("alltoall", () -> c.alltoall(b, 0, b, 32, 8))
        .add("gather", () -> c.gather(b, 0, b, 32, 8, 0))
        .add("gatherv", () -> c.gatherv(b, 0, 8, b, 32, same(c, 8), 0))
        .add("scatter", () -> c.scatter(b, 32, b, 0, 8, 0))
        .add("scatterv", () -> c.scatterv(b, 32, same(c, 8), b, 0, 8, 0))
        .add("allgatherv", () -> c.allgatherv(b, 0, b, 32, same(c, 8)))
        .add("alltoallv", () -> c.alltoallv(b, 0, same(c, 8), b, 32, same(c, 8)))
        .add(
            "reduceScatter",
            () -> c.reduceScatter(b, 0, b, 32, 1, ElementType.DOUBLE, ReduceOp.SUM))
        .add("scan", () -> c.scan(b, 0, b, 32, 1, ElementType.DOUBLE, ReduceOp.SUM))
        .add("probe", () -> c.probe(0, 1, null))
        .add("iprobe", () -> c.iprobe(0, 1, null))
        .add("sendInit", () -> c.sendInit(b, 0, 8, 0, 1))
        .add("recvInit", () -> c.recvInit(b, 0, 8, 0, 1))
        .add("awaitAll", () -> c.awaitAll(new Request[] {request}, null))
        .add("testAll", () -> c.testAll(new Request[] {request}, null))
        .add("awaitAny", () -> c.awaitAny(new Request[] {request}, null))
        .add("testAny", () -> c.testAny(new Request[] {request}, null))
        .add("awaitSome", () -> c.awaitSome(new Request[] {request}, new int[1], null))
        .add("testSome", () -> c.testSome(new Request[] {request}, new int[1], null))
        .add("dup", c::dup)
        .add("split", () -> c.split(0, 0))
        .add("openWindow", () -> c.openWindow(8))
        .add("transport", c::transport)
        .add("await", request::await)
        .add("test", request::test);
    return all;
  }
}
