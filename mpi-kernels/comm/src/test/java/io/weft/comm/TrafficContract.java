package io.weft.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weft.testing.RankTest;
import java.lang.foreign.MemorySegment;

/** What is counted as sent. */
interface TrafficContract extends CommunicatorCase {
  @RankTest
  default void trafficCountsWhatGoesToOtherRanks() {
    Traffic traffic = comm().traffic();
    MemorySegment b = comm().allocate(4096);
    Request request = comm().newRequest();
    long messages = traffic.messages();
    long bytes = traffic.messageBytes();
    comm().irecv(b, 0, 8, rank(), 1, request);
    comm().send(b, 8, 8, rank(), 1);
    request.await();
    comm().sendrecv(b, 0, 8, rank(), b, 8, 8, rank(), 1);
    assertEquals(messages, traffic.messages(), "messages to itself");
    comm().sendrecv(b, 0, 100, next(), b, 1000, 100, previous(), 1);
    comm().irecv(b, 1000, 20, previous(), 1, request);
    comm().send(b, 0, 20, next(), 1);
    request.await();
    try (Sends sends = new Sends(comm(), 1, 3)) {
      sends.start(0, 0, 3, next(), 1);
      comm().recv(b, 0, 3, previous(), 1, null);
    }
    boolean alone = size() == 1;
    assertEquals(messages + (alone ? 0 : 3), traffic.messages(), "messages");
    assertEquals(bytes + (alone ? 0 : 123), traffic.messageBytes(), "bytes");
  }

  @RankTest
  default void trafficCountsWhatCollectivesMustMove() {
    Traffic traffic = comm().traffic();
    MemorySegment b = comm().allocate(4096);
    long others = size() - 1;
    long messages = traffic.messages();
    long collectives = traffic.collectives();
    long bytes = traffic.collectiveBytes();
    comm().barrier();
    comm().bcast(b, 0, 10, 0);
    bytes += rank() == 0 ? others * 10 : 0;
    assertEquals(bytes, traffic.collectiveBytes(), "bcast");
    comm().reduce(b, 0, b, 1024, 5, ElementType.INT, ReduceOp.SUM, 0);
    bytes += rank() == 0 ? 0 : 20;
    assertEquals(bytes, traffic.collectiveBytes(), "reduce");
    comm().allreduce(b, 0, b, 1024, 5, ElementType.DOUBLE, ReduceOp.SUM);
    bytes += others == 0 ? 0 : 40;
    assertEquals(bytes, traffic.collectiveBytes(), "allreduce");
    comm().allgather(b, 0, b, 1024, 6);
    comm().alltoall(b, 0, b, 1024, 7);
    bytes += others * 13;
    assertEquals(bytes, traffic.collectiveBytes(), "allgather and alltoall");
    comm().gather(b, 0, b, 1024, 3, 0);
    bytes += rank() == 0 ? 0 : 3;
    assertEquals(bytes, traffic.collectiveBytes(), "gather");
    comm().scatter(b, 1024, b, 0, 3, 0);
    bytes += rank() == 0 ? 3 * others : 0;
    assertEquals(bytes, traffic.collectiveBytes(), "scatter");
    comm().reduceScatter(b, 0, b, 1024, 2, ElementType.INT, ReduceOp.SUM);
    bytes += 8 * others;
    assertEquals(bytes, traffic.collectiveBytes(), "reduceScatter");
    comm().scan(b, 0, b, 1024, 2, ElementType.INT, ReduceOp.SUM);
    bytes += rank() == others ? 0 : 8;
    assertEquals(bytes, traffic.collectiveBytes(), "scan");
    assertEquals(collectives + 10, traffic.collectives(), "collectives");
    assertEquals(messages, traffic.messages(), "collectives are no messages");
  }

  /** Rank i sends i + 1 bytes to each, or gets as many. */
  @RankTest
  default void trafficCountsBlocksOfUnequalLength() {
    Traffic traffic = comm().traffic();
    MemorySegment b = comm().allocate(4096);
    Blocks blocks = new Blocks(size());
    Blocks mine = new Blocks(size());
    for (int rank = 0; rank < size(); rank++) {
      blocks.set(rank, 10 * rank, rank + 1);
      mine.set(rank, 10 * rank, rank() + 1);
    }
    long own = rank() + 1;
    long all = size() * (size() + 1) / 2;
    long bytes = traffic.collectiveBytes();
    comm().gatherv(b, 0, own, b, 1024, blocks, 0);
    bytes += rank() == 0 ? 0 : own;
    assertEquals(bytes, traffic.collectiveBytes(), "gatherv");
    comm().scatterv(b, 1024, blocks, b, 0, own, 0);
    bytes += rank() == 0 ? all - 1 : 0;
    assertEquals(bytes, traffic.collectiveBytes(), "scatterv");
    comm().allgatherv(b, 0, b, 1024, blocks);
    bytes += own * (size() - 1);
    assertEquals(bytes, traffic.collectiveBytes(), "allgatherv");
    comm().alltoallv(b, 0, mine, b, 1024, blocks);
    bytes += own * (size() - 1);
    assertEquals(bytes, traffic.collectiveBytes(), "alltoallv");
  }

  @RankTest
  default void trafficCountsOperationsOnOtherRanksMemory() {
    Traffic traffic = comm().traffic();
    MemorySegment b = comm().allocate(4096);
    Window window = comm().openWindow(1024);
    long messages = traffic.messages();
    long operations = traffic.oneSided();
    long bytes = traffic.oneSidedBytes();
    window.fence();
    for (int target : new int[] {rank(), next()}) {
      window.put(b, 0, 100, target, 0);
      window.accumulate(b, 0, 5, ElementType.INT, ReduceOp.SUM, target, 256);
    }
    window.fence();
    for (int target : new int[] {rank(), next()}) {
      window.get(b, 1024, 7, target, 0);
      window.fetchAndOp(b, 0, b, 8, ElementType.LONG, ReduceOp.SUM, target, 512);
    }
    window.lastFence();
    boolean alone = size() == 1;
    assertEquals(operations + (alone ? 0 : 4), traffic.oneSided(), "operations");
    assertEquals(bytes + (alone ? 0 : 135), traffic.oneSidedBytes(), "bytes");
    assertEquals(messages, traffic.messages(), "one-sided operations are no messages");
    assertEquals(
        traffic.messageBytes() + traffic.collectiveBytes() + traffic.oneSidedBytes(),
        traffic.bytes());
    window.close();
  }
}
