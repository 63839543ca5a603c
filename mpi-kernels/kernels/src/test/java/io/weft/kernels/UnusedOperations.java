package io.weft.kernels;

import io.weft.comm.Blocks;
import io.weft.comm.Communicator;
import io.weft.comm.ElementType;
import io.weft.comm.ReceiveStatus;
import io.weft.comm.ReduceOp;
import io.weft.comm.Request;
import io.weft.comm.Window;
import java.lang.foreign.MemorySegment;

/** What kernels do not use of a communicator: throws, with the method's name. */
abstract class UnusedOperations implements Communicator {
  @Override
  public void bcast(MemorySegment buffer, long offsetBytes, long lengthBytes, int root) {
    throw new UnsupportedOperationException("bcast");
  }

  @Override
  public void reduce(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      ElementType type,
      ReduceOp op,
      int root) {
    throw new UnsupportedOperationException("reduce");
  }

  @Override
  public void abort(int status) {
    throw new UnsupportedOperationException("abort");
  }

  @Override
  public void probe(int source, int tag, ReceiveStatus status) {
    throw new UnsupportedOperationException("probe");
  }

  @Override
  public boolean iprobe(int source, int tag, ReceiveStatus status) {
    throw new UnsupportedOperationException("iprobe");
  }

  @Override
  public boolean testAll(Request[] requests, ReceiveStatus[] statuses) {
    throw new UnsupportedOperationException("testAll");
  }

  @Override
  public int awaitAny(Request[] requests, ReceiveStatus status) {
    throw new UnsupportedOperationException("awaitAny");
  }

  @Override
  public int testAny(Request[] requests, ReceiveStatus status) {
    throw new UnsupportedOperationException("testAny");
  }

  @Override
  public int awaitSome(Request[] requests, int[] indices, ReceiveStatus[] statuses) {
    throw new UnsupportedOperationException("awaitSome");
  }

  @Override
  public int testSome(Request[] requests, int[] indices, ReceiveStatus[] statuses) {
    throw new UnsupportedOperationException("testSome");
  }

  @Override
  public void gather(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long lengthBytes,
      int root) {
    throw new UnsupportedOperationException("gather");
  }

  @Override
  public void gatherv(
      MemorySegment send,
      long sendOffsetBytes,
      long sendLengthBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      Blocks blocks,
      int root) {
    throw new UnsupportedOperationException("gatherv");
  }

  @Override
  public void scatter(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long lengthBytes,
      int root) {
    throw new UnsupportedOperationException("scatter");
  }

  @Override
  public void scatterv(
      MemorySegment send,
      long sendOffsetBytes,
      Blocks blocks,
      MemorySegment recv,
      long recvOffsetBytes,
      long recvLengthBytes,
      int root) {
    throw new UnsupportedOperationException("scatterv");
  }

  @Override
  public void allgatherv(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      Blocks blocks) {
    throw new UnsupportedOperationException("allgatherv");
  }

  @Override
  public void reduceScatter(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      ElementType type,
      ReduceOp op) {
    throw new UnsupportedOperationException("reduceScatter");
  }

  @Override
  public void scan(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      ElementType type,
      ReduceOp op) {
    throw new UnsupportedOperationException("scan");
  }

  @Override
  public Communicator dup() {
    throw new UnsupportedOperationException("dup");
  }

  @Override
  public Communicator split(int color, int key) {
    throw new UnsupportedOperationException("split");
  }

  @Override
  public Window openWindow(long lengthBytes) {
    throw new UnsupportedOperationException("openWindow");
  }
}
