package io.weft.comm;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
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
  private final Request[] both;
  private final HaloExchange halo;
  private final MemorySegment spare;
  private final ReceiveStatus status = new ReceiveStatus();

  DataPath(Communicator comm, long length) {
    this.comm = comm;
    this.length = length;
    next = (comm.rank() + 1) % comm.size();
    previous = (comm.rank() + comm.size() - 1) % comm.size();
    out = comm.allocate(length * comm.size());
    in = comm.allocate(length * comm.size());
    spare = comm.allocate(length);
    send = comm.newRequest();
    receive = comm.newRequest();
    both = new Request[] {receive, send};
    halo =
        HaloExchange.of(
            comm,
            List.of(
                new HaloExchange.Face(next, out, 0, in, 0, length, 1, 2),
                new HaloExchange.Face(previous, out, 0, spare, 0, length, 2, 1)));
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
    all.put("isend, irecv, awaitAll of " + length, this::awaitAll);
    all.put("isend, irecv, awaitAny of " + length, this::awaitAny);
    all.put("halo exchange of " + length, this::exchangeHalo);
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
    long[] lengths = new long[comm.size()];
    Arrays.fill(lengths, length);
    Blocks blocks = Blocks.packed(lengths);
    all.put("gather of " + length, () -> comm.gather(out, 0, in, 0, length, 0));
    all.put("gatherv of " + length, () -> comm.gatherv(out, 0, length, in, 0, blocks, 0));
    all.put("scatter of " + length, () -> comm.scatter(out, 0, in, 0, length, 0));
    all.put("scatterv of " + length, () -> comm.scatterv(out, 0, blocks, in, 0, length, 0));
    all.put("allgatherv of " + length, () -> comm.allgatherv(out, 0, in, 0, blocks));
    all.put("alltoallv of " + length, () -> comm.alltoallv(out, 0, blocks, in, 0, blocks));
    all.put("reduceScatter of " + length, () -> comm.reduceScatter(out, 0, in, 0, count, type, op));
    all.put("scan of " + length, () -> comm.scan(out, 0, in, 0, count, type, op));
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

  private void awaitAll() {
    comm.irecv(in, 0, length, previous, 1, receive);
    comm.isend(out, 0, length, next, 1, send);
    comm.awaitAll(both, null);
  }

  private void awaitAny() {
    comm.irecv(in, 0, length, previous, 1, receive);
    comm.isend(out, 0, length, next, 1, send);
    comm.awaitAny(both, status);
    comm.awaitAny(both, status);
  }

  private void exchangeHalo() {
    halo.start();
    halo.await();
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
