package io.weft.fabric;

import io.weft.fabric.ffm.Constants;
import io.weft.fabric.ffm.CounterOperations;
import java.lang.foreign.MemorySegment;

/**
 * A number that rises by one with each operation that completes, fi_cntr(3): cheaper than a {@link
 * CompletionQueue} where nobody asks which one it was. {@link EndpointSetup#count} says what it
 * counts. Only {@link #await} blocks; nothing allocates. Confined to the thread that opened it.
 */
public final class Counter extends FabricObject {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final boolean waits;
  private boolean orphaned;
  private final MemorySegment readFunction;
  private final MemorySegment readErrorFunction;

  Counter(Domain domain, long address, boolean waits) {
    super("Counter", domain, address);
    this.waits = waits;
    readFunction = CounterOperations.FI_CNTR_READ.of(address);
    readErrorFunction = CounterOperations.FI_CNTR_READERR.of(address);
  }

  /**
   * Makes progress and reads the counter; does not block.
   *
   * @return operations that have completed without error, from 0
   */
  public long read() {
    return CounterOperations.read(readFunction, address());
  }

  /**
   * Reads how many operations have failed; does not block. Why they failed is in the completion
   * queue. The shm provider of libfabric 1.17 does not count a receive that fails.
   *
   * @return operations that have completed with an error, from 0
   */
  public long readErrors() {
    return CounterOperations.read(readErrorFunction, address());
  }

  /**
   * Raises the counter without an operation, as {@link DeferredWork} may wait for.
   *
   * @param increment by how much
   * @throws IllegalStateException if it is closed, or work waits for it whose endpoint is closed
   * @throws FabricException if the provider refuses
   */
  public void add(long increment) {
    long address = address();
    if (orphaned) {
      throw new IllegalStateException(
          "work waits for this counter whose endpoint is closed: close the counter");
    }
    FabricException.check(
        CounterOperations.FI_CNTR_ADD.name(), CounterOperations.fi_cntr_add(address, increment));
  }

  /** From now on it must not rise: the provider would start work of an endpoint that is gone. */
  void orphan() {
    orphaned = true;
  }

  /**
   * Blocks until the counter has risen. A counter that was opened waitable gives the core away
   * meanwhile; another one is read again and again.
   *
   * @param threshold the least value to wait for
   * @param timeoutNanos the longest time to wait, at least 0; a waitable counter rounds it up to
   *     milliseconds
   * @return false if the time has passed first
   * @throws FabricException if an operation that is counted here has failed meanwhile, or the
   *     provider cannot wait
   */
  public boolean await(long threshold, long timeoutNanos) {
    if (timeoutNanos < 0) {
      throw new IllegalArgumentException("timeoutNanos is " + timeoutNanos + ", less than 0");
    }
    return waits ? block(threshold, timeoutNanos) : poll(threshold, timeoutNanos);
  }

  private boolean block(long threshold, long timeoutNanos) {
    long millis = timeoutNanos / NANOS_PER_MILLI + (timeoutNanos % NANOS_PER_MILLI == 0 ? 0 : 1);
    int result =
        CounterOperations.fi_cntr_wait(
            address(), threshold, (int) Math.min(millis, Integer.MAX_VALUE));
    if (result == -Constants.FI_ETIMEDOUT) {
      return read() >= threshold;
    }
    FabricException.check(CounterOperations.FI_CNTR_WAIT.name(), result);
    return true;
  }

  private boolean poll(long threshold, long timeoutNanos) {
    long start = System.nanoTime();
    long errors = readErrors();
    while (read() < threshold) {
      if (readErrors() != errors) {
        throw FabricException.of(CounterOperations.FI_CNTR_WAIT.name(), -Constants.FI_EAVAIL);
      }
      if (System.nanoTime() - start >= timeoutNanos) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }
}
