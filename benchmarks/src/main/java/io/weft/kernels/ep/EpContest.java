package io.weft.kernels.ep;

import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;

import io.weft.bench.series.Contest;
import io.weft.bench.series.KernelBaseline;
import io.weft.ffi.Unchecked;
import io.weft.kernels.Kernels;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** A batch of EP's pairs; the same length in every class. */
public final class EpContest implements Contest {
  private static final MethodHandle BATCH =
      KernelBaseline.loop("weft_ep_batch", LONG, LONG, POINTER, POINTER);

  private final EpClass problem;
  private final PairBatch batch = new PairBatch((x, y, squares, points) -> {});
  private final MemorySegment sumsInC = KernelBaseline.copy(new double[2]);
  private final MemorySegment countsInC = KernelBaseline.copy(new double[DeviateLoops.ANNULI]);

  /**
   * Makes one.
   *
   * @param problemClass the class's letter
   */
  public EpContest(String problemClass) {
    problem = Kernels.classOf("ep", EpClass.PUBLISHED, problemClass);
  }

  @Override
  public String title() {
    return "ep batch, class " + problem.name();
  }

  @Override
  public long size() {
    return PairBatch.PAIRS;
  }

  @Override
  public void java() {
    batch.add(0);
  }

  @Override
  public void c() {
    try {
      int done =
          (int)
              BATCH.invokeExact(
                  PairBatch.SEED, (long) PairBatch.PAIRS, sumsInC.address(), countsInC.address());
      assert done == 0;
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  @Override
  public double difference() {
    double most = KernelBaseline.difference(batch.sums(), sumsInC);
    for (int annulus = 0; annulus < DeviateLoops.ANNULI; annulus++) {
      long inC = countsInC.getAtIndex(ValueLayout.JAVA_LONG, annulus);
      most = Math.max(most, Math.abs(batch.counts()[annulus] - inC));
    }
    return most;
  }
}
