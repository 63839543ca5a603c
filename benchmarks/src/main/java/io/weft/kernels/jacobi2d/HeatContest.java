package io.weft.kernels.jacobi2d;

import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;

import io.weft.bench.series.Contest;
import io.weft.bench.series.KernelBaseline;
import io.weft.ffi.Unchecked;
import io.weft.kernels.Kernels;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Random;

/** A step of jacobi2d on the whole square. */
public final class HeatContest implements Contest {
  private static final MethodHandle STEP =
      KernelBaseline.loop("weft_heat_step", POINTER, POINTER, LONG, LONG, ValueLayout.JAVA_DOUBLE);

  private final HeatClass problem;
  private final int row;
  private final double[] now;
  private final double[] after;
  private final MemorySegment nowInC;
  private final MemorySegment afterInC;

  /**
   * Makes one.
   *
   * @param problemClass the class's letter
   */
  public HeatContest(String problemClass) {
    problem = Kernels.classOf("jacobi2d", HeatClass.ALL, problemClass);
    row = problem.intervals() + 1;
    now = new Random(1).doubles((long) row * row).toArray();
    after = new double[row * row];
    nowInC = KernelBaseline.copy(now);
    afterInC = KernelBaseline.copy(after);
  }

  @Override
  public String title() {
    return "jacobi2d step, class " + problem.name();
  }

  @Override
  public long size() {
    return (long) problem.points() * problem.points();
  }

  @Override
  public void java() {
    for (int line = 1; line <= problem.points(); line++) {
      HeatRows.step(now, after, line * row + 1, problem.points(), row, problem.ratio());
    }
  }

  @Override
  public void c() {
    try {
      long points = problem.points();
      int done =
          (int)
              STEP.invokeExact(
                  nowInC.address(), afterInC.address(), points, points, problem.ratio());
      assert done == 0;
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  @Override
  public double difference() {
    return KernelBaseline.difference(after, afterInC);
  }
}
