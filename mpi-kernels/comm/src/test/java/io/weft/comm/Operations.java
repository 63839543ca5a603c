package io.weft.comm;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Operations by name, to be tried one after the other. */
final class Operations {
  private final Map<String, Runnable> operations = new LinkedHashMap<>();

  void each(BiConsumer<String, Runnable> action) {
    operations.forEach(action);
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
        .add("alltoall's recv", () -> c.alltoall(good, 0, b, offset, length));
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
        .add("sendrecv to", () -> c.sendrecv(b, 0, 8, rank, b, 8, 8, self, 1))
        .add("sendrecv from", () -> c.sendrecv(b, 0, 8, self, b, 8, 8, rank, 1))
        .add("bcast", () -> c.bcast(b, 0, 8, rank))
        .add("reduce", () -> c.reduce(b, 0, b, 0, 1, ElementType.DOUBLE, ReduceOp.SUM, rank));
  }

  /** All that name a rank to receive from, where any is a choice. */
  static Operations fromRank(Communicator c, MemorySegment b, int rank) {
    Request request = c.newRequest();
    return new Operations()
        .add("recv", () -> c.recv(b, 0, 8, rank, 1, null))
        .add("irecv", () -> c.irecv(b, 0, 8, rank, 1, request));
  }

  /** All that send with a tag. */
  static Operations sendWithTag(Communicator c, MemorySegment b, int tag) {
    Request request = c.newRequest();
    int self = c.rank();
    return new Operations()
        .add("send", () -> c.send(b, 0, 8, self, tag))
        .add("isend", () -> c.isend(b, 0, 8, self, tag, request))
        .add("sendrecv", () -> c.sendrecv(b, 0, 8, self, b, 8, 8, self, tag));
  }

  /** All that receive with a tag, where any is a choice. */
  static Operations recvWithTag(Communicator c, MemorySegment b, int tag) {
    Request request = c.newRequest();
    return new Operations()
        .add("recv", () -> c.recv(b, 0, 8, 0, tag, null))
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
        .add("transport", c::transport)
        .add("await", request::await)
        .add("test", request::test);
    return all;
  }
}
