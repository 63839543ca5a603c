package io.weft.comm;

import io.weft.comm.fabric.Channel;
import io.weft.comm.fabric.Collectives;
import io.weft.comm.fabric.Group;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/** The collectives of {@link FabricCommunicator}: checks, and counts what goes out. */
abstract class FabricCollectives implements CollectiveOperations {
  final Channel channel;
  final Group group;
  final Collectives collectives;
  final Traffic traffic = new Traffic();
  final int rank;
  final int size;

  boolean closed;

  FabricCollectives(Channel channel, Group group, Map<Collective, Algorithm> algorithms) {
    this.channel = channel;
    this.group = group;
    this.collectives = new Collectives(channel, group, algorithms);
    this.rank = group.rank();
    this.size = group.size();
  }

  /** The checks that every call starts with. */
  final void check() {
    channel.check();
    if (closed) {
      throw new IllegalStateException("the communicator is closed");
    }
  }

  @Override
  public final void barrier() {
    check();
    collectives.barrier();
    traffic.countBarrier();
  }

  @Override
  public final void bcast(MemorySegment buffer, long offsetBytes, long lengthBytes, int root) {
    check();
    Arguments.peer(root, size);
    Regions.source(buffer, offsetBytes, lengthBytes);
    if (rank != root) {
      Regions.writable(buffer);
    }
    collectives.bcast(buffer, offsetBytes, lengthBytes, root);
    traffic.countBcast(lengthBytes, rank == root, size);
  }

  @Override
  public final void reduce(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      ElementType type,
      ReduceOp op,
      int root) {
    check();
    Arguments.peer(root, size);
    long bytes = Regions.bytes(count, type.sizeBytes());
    Regions.source(send, sendOffsetBytes, bytes);
    if (rank == root) {
      Regions.target(recv, recvOffsetBytes, bytes);
    }
    collectives.reduce(send, sendOffsetBytes, recv, recvOffsetBytes, count, type, op, root);
    traffic.countReduce(bytes, rank == root);
  }

  @Override
  public final void allreduce(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      ElementType type,
      ReduceOp op) {
    check();
    long bytes = Regions.bytes(count, type.sizeBytes());
    Regions.source(send, sendOffsetBytes, bytes);
    Regions.target(recv, recvOffsetBytes, bytes);
    collectives.allreduce(send, sendOffsetBytes, recv, recvOffsetBytes, count, type, op);
    traffic.countAllreduce(bytes, size);
  }

  @Override
  public final void allgather(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long lengthBytes) {
    check();
    Regions.source(send, sendOffsetBytes, lengthBytes);
    Regions.target(recv, recvOffsetBytes, Regions.bytes(lengthBytes, size));
    collectives.allgather(send, sendOffsetBytes, recv, recvOffsetBytes, lengthBytes);
    traffic.countPerPeer(lengthBytes, size);
  }

  @Override
  public final void alltoall(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long lengthBytes) {
    check();
    long all = Regions.bytes(lengthBytes, size);
    Regions.source(send, sendOffsetBytes, all);
    Regions.target(recv, recvOffsetBytes, all);
    collectives.alltoall(send, sendOffsetBytes, recv, recvOffsetBytes, lengthBytes);
    traffic.countPerPeer(lengthBytes, size);
  }

  @Override
  public final void gather(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long lengthBytes,
      int root) {
    check();
    Arguments.peer(root, size);
    Regions.source(send, sendOffsetBytes, lengthBytes);
    long all = Regions.bytes(lengthBytes, size);
    if (rank == root) {
      Regions.target(recv, recvOffsetBytes, all);
    }
    collectives.gather(send, sendOffsetBytes, recv, recvOffsetBytes, lengthBytes, root);
    traffic.countCollective(rank == root ? 0 : lengthBytes);
  }

  @Override
  public final void gatherv(
      MemorySegment send,
      long sendOffsetBytes,
      long sendLengthBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      Blocks blocks,
      int root) {
    check();
    Arguments.peer(root, size);
    Regions.source(send, sendOffsetBytes, sendLengthBytes);
    if (rank == root) {
      Arguments.blocks(blocks, size);
      Regions.target(recv, recvOffsetBytes, blocks.extentBytes());
      Arguments.length(sendLengthBytes, blocks.lengthBytes(rank));
    }
    collectives.gather(send, sendOffsetBytes, sendLengthBytes, recv, recvOffsetBytes, blocks, root);
    traffic.countCollective(rank == root ? 0 : sendLengthBytes);
  }

  @Override
  public final void scatter(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long lengthBytes,
      int root) {
    check();
    Arguments.peer(root, size);
    Regions.target(recv, recvOffsetBytes, lengthBytes);
    long all = Regions.bytes(lengthBytes, size);
    if (rank == root) {
      Regions.source(send, sendOffsetBytes, all);
    }
    collectives.scatter(send, sendOffsetBytes, recv, recvOffsetBytes, lengthBytes, root);
    traffic.countCollective(rank == root ? (size - 1) * lengthBytes : 0);
  }

  @Override
  public final void scatterv(
      MemorySegment send,
      long sendOffsetBytes,
      Blocks blocks,
      MemorySegment recv,
      long recvOffsetBytes,
      long recvLengthBytes,
      int root) {
    check();
    Arguments.peer(root, size);
    Regions.target(recv, recvOffsetBytes, recvLengthBytes);
    if (rank == root) {
      Arguments.blocks(blocks, size);
      Regions.source(send, sendOffsetBytes, blocks.extentBytes());
      Arguments.length(recvLengthBytes, blocks.lengthBytes(rank));
    }
    collectives.scatter(
        send, sendOffsetBytes, blocks, recv, recvOffsetBytes, recvLengthBytes, root);
    traffic.countCollective(rank == root ? blocks.bytesOfOthers(rank) : 0);
  }

  @Override
  public final void allgatherv(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      Blocks blocks) {
    check();
    Arguments.blocks(blocks, size);
    Regions.source(send, sendOffsetBytes, blocks.lengthBytes(rank));
    Regions.target(recv, recvOffsetBytes, blocks.extentBytes());
    collectives.allgather(send, sendOffsetBytes, recv, recvOffsetBytes, blocks);
    traffic.countPerPeer(blocks.lengthBytes(rank), size);
  }

  @Override
  public final void alltoallv(
      MemorySegment send,
      long sendOffsetBytes,
      Blocks sendBlocks,
      MemorySegment recv,
      long recvOffsetBytes,
      Blocks recvBlocks) {
    check();
    Arguments.blocks(sendBlocks, size);
    Arguments.blocks(recvBlocks, size);
    Regions.source(send, sendOffsetBytes, sendBlocks.extentBytes());
    Regions.target(recv, recvOffsetBytes, recvBlocks.extentBytes());
    Arguments.length(sendBlocks.lengthBytes(rank), recvBlocks.lengthBytes(rank));
    collectives.alltoall(send, sendOffsetBytes, sendBlocks, recv, recvOffsetBytes, recvBlocks);
    traffic.countCollective(sendBlocks.bytesOfOthers(rank));
  }

  @Override
  public final void reduceScatter(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      ElementType type,
      ReduceOp op) {
    check();
    long bytes = Regions.bytes(count, type.sizeBytes());
    Regions.source(send, sendOffsetBytes, Regions.bytes(bytes, size));
    Regions.target(recv, recvOffsetBytes, bytes);
    collectives.reduceScatter(send, sendOffsetBytes, recv, recvOffsetBytes, bytes, type, op);
    traffic.countPerPeer(bytes, size);
  }

  @Override
  public final void scan(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      ElementType type,
      ReduceOp op) {
    check();
    long bytes = Regions.bytes(count, type.sizeBytes());
    Regions.source(send, sendOffsetBytes, bytes);
    Regions.target(recv, recvOffsetBytes, bytes);
    collectives.scan(send, sendOffsetBytes, recv, recvOffsetBytes, bytes, type, op);
    traffic.countCollective(rank == size - 1 ? 0 : bytes);
  }
}
