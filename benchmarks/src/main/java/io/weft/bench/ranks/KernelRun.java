package io.weft.bench.ranks;

import io.weft.bench.peer.Pattern;
import org.openjdk.jmh.annotations.Param;

/** Whole runs of kernels, by their own clock. Over Weft's communicators alone. */
public class KernelRun extends AcrossRanks {
  /** Which, as {@code weft list} names them. */
  @Param({"cg", "ep", "ft", "is", "mg"})
  public String kernel;

  /** The problem class. */
  @Param("W")
  public String size;

  /** Made by JMH. */
  public KernelRun() {}

  @Override
  public Pattern pattern() {
    return null;
  }

  @Override
  long bytes() {
    return 0;
  }

  @Override
  void open(RankZero zero) {
    zero.openKernel(kernel, size);
  }
}
