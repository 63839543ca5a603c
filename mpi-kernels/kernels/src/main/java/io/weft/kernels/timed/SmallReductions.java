package io.weft.kernels.timed;

import io.weft.comm.Communicator;
import io.weft.comm.ElementType;
import io.weft.comm.ReduceOp;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A few numbers combined over all ranks, such as a kernel needs at its start and end. All methods
 * are collective and block; they allocate their results. Has two pages from the communicator.
 */
public final class SmallReductions {
  /** What the two buffers take, in bytes. */
  public static final int BYTES = 2 * 4096;

  /** The most numbers that are combined at once. */
  public static final int CAPACITY = BYTES / 2 / Double.BYTES;

  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  private final Communicator communicator;
  private final MemorySegment send;
  private final MemorySegment receive;

  /**
   * Allocates.
   *
   * @param communicator the ranks
   */
  public SmallReductions(Communicator communicator) {
    this.communicator = communicator;
    this.send = communicator.allocate(BYTES / 2);
    this.receive = communicator.allocate(BYTES / 2);
  }

  /**
   * Combines; in which order is the communicator's choice.
   *
   * @param own this rank's numbers, up to {@link #CAPACITY}, as many on every rank
   * @param op how
   * @return the combined numbers, the same bits on every rank
   */
  public double[] combine(double[] own, ReduceOp op) {
    MemorySegment.copy(own, 0, send, DOUBLE, 0, own.length);
    communicator.allreduce(send, 0, receive, 0, own.length, ElementType.DOUBLE, op);
    double[] combined = new double[own.length];
    MemorySegment.copy(receive, DOUBLE, 0, combined, 0, own.length);
    return combined;
  }

  /**
   * Combines integers.
   *
   * @param own this rank's numbers, up to {@link #CAPACITY}, as many on every rank
   * @param op how
   * @return the combined numbers
   */
  public long[] combine(long[] own, ReduceOp op) {
    MemorySegment.copy(own, 0, send, LONG, 0, own.length);
    communicator.allreduce(send, 0, receive, 0, own.length, ElementType.LONG, op);
    long[] combined = new long[own.length];
    MemorySegment.copy(receive, LONG, 0, combined, 0, own.length);
    return combined;
  }

  /**
   * A value on which all ranks must agree. Compared as bits: the greatest and the least of floating
   * point numbers may drop a NaN, and must not.
   *
   * @param value this rank's
   * @return the value; NaN if two ranks differ in a single bit
   */
  public double agreed(double value) {
    long bits = Double.doubleToLongBits(value);
    long least = combine(new long[] {bits}, ReduceOp.MIN)[0];
    long most = combine(new long[] {bits}, ReduceOp.MAX)[0];
    return least == most ? value : Double.NaN;
  }
}
