package io.weft.bench.peer;

import io.weft.comm.Communicator;
import io.weft.kernels.Kernel;
import io.weft.kernels.KernelResult;
import io.weft.kernels.Progress;

/** Whole runs of a kernel; their time is that of the kernel's own timed part. */
public final class KernelOperation implements Operation {
  private final Communicator comm;
  private final Kernel kernel;
  private final String problemClass;
  private double seconds;
  private double operations;

  KernelOperation(Communicator comm, Kernel kernel, String problemClass) {
    if (!kernel.rankRule().allows(comm.size())) {
      throw new AbsentException(
          kernel.name() + " does not run on " + comm.size() + " ranks: " + kernel.rankRule());
    }
    this.comm = comm;
    this.kernel = kernel;
    this.problemClass = problemClass;
  }

  @Override
  public void run(int count) {
    seconds = 0;
    for (int i = 0; i < count; i++) {
      KernelResult result = kernel.run(comm, problemClass, Progress.NONE);
      if (!result.verification().passed()) {
        throw new IllegalStateException(kernel.name() + ": " + result.verification());
      }
      seconds += result.seconds();
      operations = result.megaOperationsPerSecond() * 1e6 * result.seconds();
    }
  }

  @Override
  public long ownNanos() {
    return Math.round(seconds * 1e9);
  }

  /**
   * What one run computes, by the kernel's own count.
   *
   * @return operations; 0 before the first run
   */
  public double operations() {
    return operations;
  }

  @Override
  public long checksum() {
    return 0; // The run has verified its answer.
  }

  @Override
  public void close() {
    // A run leaves nothing open.
  }
}
