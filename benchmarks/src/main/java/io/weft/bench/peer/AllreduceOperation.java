package io.weft.bench.peer;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import io.weft.comm.Communicator;
import io.weft.comm.ElementType;
import io.weft.comm.ReduceOp;

/** Sums of doubles on all ranks. */
final class AllreduceOperation extends CommunicatorOperation {
  private final long count;

  AllreduceOperation(Communicator comm, long bytes) {
    super(comm, wholeDoubles(bytes), bytes, bytes);
    this.count = bytes / Double.BYTES;
    for (long k = 0; k < count; k++) {
      out.setAtIndex(JAVA_DOUBLE, k, k % 7 + rank);
    }
  }

  private static long wholeDoubles(long bytes) {
    if (bytes < Double.BYTES || bytes % Double.BYTES != 0) {
      throw new AbsentException("allreduce sums doubles: " + bytes + " bytes are not whole ones");
    }
    return bytes;
  }

  @Override
  public void run(int times) {
    for (int i = 0; i < times; i++) {
      comm.allreduce(out, 0, in, 0, count, ElementType.DOUBLE, ReduceOp.SUM);
    }
  }

  @Override
  long received() {
    return bytes;
  }
}
