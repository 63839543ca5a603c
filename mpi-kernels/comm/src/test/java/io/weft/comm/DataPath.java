package io.weft.comm;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;

/** Every operation of the data path, each a runnable that all ranks run as often. */
final class DataPath {
  private final Communicator comm;
  private final long length;
  private final int next;
  private final int previous;
  private final MemorySegment out;
  private final MemorySegment in;
  private final Request send;
  private final Request receive;
  private final ReceiveStatus status = new ReceiveStatus();

  DataPath(Communicator comm, long length) {
    this.comm = comm;
    this.length = length;
    next = (comm.rank() + 1) % comm.size();
    previous = (comm.rank() + comm.size() - 1) % comm.size();
    out = comm.allocate(length * comm.size());
    in = comm.allocate(length * comm.size());
    send = comm.newRequest();
    receive = comm.newRequest();
  }

  Map<String, Runnable> messages() {
    Map<String, Runnable> all = new LinkedHashMap<>();
    if (comm.size() > 1) {
      all.put("send and recv of " + length, this::sendAndRecv);
      all.put("recv of any, " + length, this::recvAny);
    }
    all.put("sendrecv of " + length, this::sendrecv);
    all.put("isend, irecv, await of " + length, this::await);
    all.put("isend, irecv, test of " + length, this::test);
    return all;
  }

  Map<String, Runnable> collectives() {
    Map<String, Runnable> all = new LinkedHashMap<>();
    long count = length / Double.BYTES;
    ElementType type = ElementType.DOUBLE;
    ReduceOp op = ReduceOp.MAX;
    all.put("barrier", comm::barrier);
    all.put("bcast of " + length, () -> comm.bcast(out, 0, length, 0));
    all.put("reduce of " + length, () -> comm.reduce(out, 0, in, 0, count, type, op, 0));
    all.put("allreduce of " + length, () -> comm.allreduce(out, 0, in, 0, count, type, op));
    all.put(
        "allreduce in place of " + length, () -> comm.allreduce(out, 0, out, 0, count, type, op));
    all.put("allgather of " + length, () -> comm.allgather(out, 0, in, 0, length));
    all.put("alltoall of " + length, () -> comm.alltoall(out, 0, in, 0, length));
    return all;
  }

  private void sendAndRecv() {
    if (comm.rank() % 2 == 0) {
      comm.send(out, 0, length, next, 1);
      comm.recv(in, 0, length, previous, 1, null);
    } else {
      comm.recv(in, 0, length, previous, 1, null);
      comm.send(out, 0, length, next, 1);
    }
  }

  private void recvAny() {
    if (comm.rank() % 2 == 0) {
      comm.send(out, 0, length, next, 1);
      comm.recv(in, 0, length, Communicator.ANY_SOURCE, Communicator.ANY_TAG, status);
    } else {
      comm.recv(in, 0, length, Communicator.ANY_SOURCE, Communicator.ANY_TAG, status);
      comm.send(out, 0, length, next, 1);
    }
  }

  private void sendrecv() {
    comm.sendrecv(out, 0, length, next, in, 0, length, previous, 1);
  }

  private void await() {
    comm.irecv(in, 0, length, previous, 1, receive);
    comm.isend(out, 0, length, next, 1, send);
    receive.await(status);
    send.await();
  }

  private void test() {
    comm.irecv(in, 0, length, previous, 1, receive);
    comm.isend(out, 0, length, next, 1, send);
    while (!receive.test(status)) {
      Thread.yield();
    }
    while (!send.test()) {
      Thread.yield();
    }
  }
}
