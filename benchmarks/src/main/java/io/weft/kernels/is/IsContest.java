package io.weft.kernels.is;

import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;

import io.weft.bench.series.Contest;
import io.weft.bench.series.KernelBaseline;
import io.weft.ffi.Unchecked;
import io.weft.kernels.Kernels;
import io.weft.kernels.npb.NpbRandom;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/** IS's keys counted by value, and the counts added up: the rank of each value. */
public final class IsContest implements Contest {
  private static final long SEED = 314_159_265;
  private static final MethodHandle RANK =
      KernelBaseline.loop("weft_is_rank", POINTER, LONG, POINTER, LONG);

  private final IsClass problem;
  private final int[] keys;
  private final int[] counts;
  private final MemorySegment keysInC;
  private final MemorySegment countsInC;

  /**
   * Makes one.
   *
   * @param problemClass the class's letter
   */
  public IsContest(String problemClass) {
    problem = Kernels.classOf("is", IsClass.PUBLISHED, problemClass);
    keys = new int[Math.toIntExact(problem.keys())];
    KeyLoops.generate(new NpbRandom(SEED), problem.log2Values(), keys);
    counts = new int[1 << problem.log2Values()];
    keysInC = KernelBaseline.copy(keys);
    countsInC = KernelBaseline.copy(counts);
  }

  @Override
  public String title() {
    return "is ranking, class " + problem.name();
  }

  @Override
  public long size() {
    return keys.length;
  }

  @Override
  public void java() {
    Arrays.fill(counts, 0);
    KeyLoops.countValues(keys, 0, keys.length, 0, counts);
    KeyLoops.addUp(counts, counts.length);
  }

  @Override
  public void c() {
    try {
      int done =
          (int)
              RANK.invokeExact(
                  keysInC.address(), (long) keys.length, countsInC.address(), (long) counts.length);
      assert done == 0;
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  @Override
  public double difference() {
    int different = 0;
    for (int i = 0; i < counts.length; i++) {
      different += counts[i] == countsInC.getAtIndex(ValueLayout.JAVA_INT, i) ? 0 : 1;
    }
    return different;
  }
}
