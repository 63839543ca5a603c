package io.weft.comm;

import io.weft.ffi.Owner;
import io.weft.mpi.BlockLayout;
import io.weft.mpi.Comm;
import io.weft.mpi.Datatype;
import io.weft.mpi.MpiException;
import io.weft.mpi.Op;
import java.lang.foreign.MemorySegment;

/** The collectives of {@link MpiCommunicator}: calls libmpi, and counts what goes out. */
abstract class MpiCollectiveCalls implements CollectiveOperations {
  private static final Datatype[] TYPES = {
    Datatype.INT, Datatype.LONG, Datatype.FLOAT, Datatype.DOUBLE
  };
  private static final Op[] OPS = {Op.SUM, Op.PROD, Op.MIN, Op.MAX};

  final Comm comm;
  final Traffic traffic = new Traffic();
  final int rank;
  final int size;
  boolean closed;
  private final Owner owner = new Owner("the communicator");
  private final BlockLayout outLayout;
  private final BlockLayout inLayout;

  MpiCollectiveCalls(Comm comm) {
    this.comm = comm;
    this.rank = comm.rank();
    this.size = comm.size();
    this.outLayout = comm.newBlockLayout();
    this.inLayout = comm.newBlockLayout();
  }

  final void check() {
    owner.check();
    if (closed) {
      throw new IllegalStateException("the communicator is closed");
    }
  }

  /** MPI's name of a type. */
  static Datatype datatype(ElementType type) {
    return TYPES[type.ordinal()];
  }

  /** MPI's name of an operation. */
  static Op op(ReduceOp op) {
    return OPS[op.ordinal()];
  }

  final CommunicatorException failure(MpiException e) {
    return new CommunicatorException("rank " + rank + ": " + e.getMessage(), e);
  }

  private void fill(BlockLayout layout, Blocks blocks) {
    Arguments.blocks(blocks, size);
    for (int each = 0; each < size; each++) {
      layout.set(each, blocks.offsetBytes(each), blocks.lengthBytes(each));
    }
  }

  @Override
  public final void barrier() {
    check();
    try {
      comm.barrier();
    } catch (MpiException e) {
      throw failure(e);
    }
    traffic.countBarrier();
  }

  @Override
  public final void bcast(MemorySegment buffer, long offsetBytes, long lengthBytes, int root) {
    check();
    Arguments.notHeap(buffer);
    Arguments.peer(root, size);
    try {
      comm.bcast(buffer, offsetBytes, lengthBytes, Datatype.BYTE, root);
    } catch (MpiException e) {
      throw failure(e);
    }
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
    Arguments.notHeap(send);
    Arguments.notHeap(recv);
    Arguments.peer(root, size);
    Datatype t = datatype(type);
    try {
      comm.reduce(send, sendOffsetBytes, recv, recvOffsetBytes, count, t, op(op), root);
    } catch (MpiException e) {
      throw failure(e);
    }
    traffic.countReduce(count * type.sizeBytes(), rank == root);
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
    Arguments.notHeap(send);
    Arguments.notHeap(recv);
    Datatype t = datatype(type);
    try {
      comm.allreduce(send, sendOffsetBytes, recv, recvOffsetBytes, count, t, op(op));
    } catch (MpiException e) {
      throw failure(e);
    }
    traffic.countAllreduce(count * type.sizeBytes(), size);
  }

  @Override
  public final void allgather(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long lengthBytes) {
    check();
    Arguments.notHeap(send);
    Arguments.notHeap(recv);
    try {
      comm.allgather(send, sendOffsetBytes, recv, recvOffsetBytes, lengthBytes, Datatype.BYTE);
    } catch (MpiException e) {
      throw failure(e);
    }
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
    Arguments.notHeap(send);
    Arguments.notHeap(recv);
    try {
      comm.alltoall(send, sendOffsetBytes, recv, recvOffsetBytes, lengthBytes, Datatype.BYTE);
    } catch (MpiException e) {
      throw failure(e);
    }
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
    Arguments.notHeap(send);
    Arguments.notHeap(recv);
    Arguments.peer(root, size);
    try {
      comm.gather(send, sendOffsetBytes, recv, recvOffsetBytes, lengthBytes, Datatype.BYTE, root);
    } catch (MpiException e) {
      throw failure(e);
    }
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
    Arguments.notHeap(send);
    Arguments.notHeap(recv);
    Arguments.peer(root, size);
    if (rank == root) {
      fill(inLayout, blocks);
      Arguments.length(sendLengthBytes, blocks.lengthBytes(rank));
    }
    try {
      comm.gatherv(
          send,
          sendOffsetBytes,
          sendLengthBytes,
          recv,
          recvOffsetBytes,
          inLayout,
          Datatype.BYTE,
          root);
    } catch (MpiException e) {
      throw failure(e);
    }
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
    Arguments.notHeap(send);
    Arguments.notHeap(recv);
    Arguments.peer(root, size);
    try {
      comm.scatter(send, sendOffsetBytes, recv, recvOffsetBytes, lengthBytes, Datatype.BYTE, root);
    } catch (MpiException e) {
      throw failure(e);
    }
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
    Arguments.notHeap(send);
    Arguments.notHeap(recv);
    Arguments.peer(root, size);
    if (rank == root) {
      fill(outLayout, blocks);
      Arguments.length(recvLengthBytes, blocks.lengthBytes(rank));
    }
    try {
      comm.scatterv(
          send,
          sendOffsetBytes,
          outLayout,
          recv,
          recvOffsetBytes,
          recvLengthBytes,
          Datatype.BYTE,
          root);
    } catch (MpiException e) {
      throw failure(e);
    }
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
    Arguments.notHeap(send);
    Arguments.notHeap(recv);
    fill(inLayout, blocks);
    try {
      comm.allgatherv(send, sendOffsetBytes, recv, recvOffsetBytes, inLayout, Datatype.BYTE);
    } catch (MpiException e) {
      throw failure(e);
    }
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
    Arguments.notHeap(send);
    Arguments.notHeap(recv);
    fill(outLayout, sendBlocks);
    fill(inLayout, recvBlocks);
    Arguments.length(sendBlocks.lengthBytes(rank), recvBlocks.lengthBytes(rank));
    try {
      comm.alltoallv(
          send, sendOffsetBytes, outLayout, recv, recvOffsetBytes, inLayout, Datatype.BYTE);
    } catch (MpiException e) {
      throw failure(e);
    }
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
    Arguments.notHeap(send);
    Arguments.notHeap(recv);
    Datatype t = datatype(type);
    try {
      comm.reduceScatterBlock(send, sendOffsetBytes, recv, recvOffsetBytes, count, t, op(op));
    } catch (MpiException e) {
      throw failure(e);
    }
    traffic.countPerPeer(count * type.sizeBytes(), size);
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
    Arguments.notHeap(send);
    Arguments.notHeap(recv);
    Datatype t = datatype(type);
    try {
      comm.scan(send, sendOffsetBytes, recv, recvOffsetBytes, count, t, op(op));
    } catch (MpiException e) {
      throw failure(e);
    }
    traffic.countCollective(rank == size - 1 ? 0 : count * type.sizeBytes());
  }
}
