package io.weft.kernels.ft;

import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;

import io.weft.bench.series.Contest;
import io.weft.bench.series.KernelBaseline;
import io.weft.ffi.Unchecked;
import io.weft.kernels.Kernels;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Random;

/** FT's transforms along y of 32 of its planes, laid side by side; by the same algorithm in C. */
public final class FtContest implements Contest {
  private static final int PLANES = 32;
  private static final MethodHandle COLUMNS =
      KernelBaseline.loop(
          "weft_ft_columns",
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          LONG,
          LONG,
          LONG,
          POINTER,
          POINTER);

  private final FtClass problem;
  private final int length;
  private final int width;
  private final int block;
  private final BlockFft fft;
  private final double[] re;
  private final double[] im;
  private final double[] toRe;
  private final double[] toIm;
  private final MemorySegment reInC;
  private final MemorySegment imInC;
  private final MemorySegment toReInC;
  private final MemorySegment toImInC;
  private final MemorySegment roots;
  private final MemorySegment work;

  /**
   * Makes one.
   *
   * @param problemClass the class's letter
   */
  public FtContest(String problemClass) {
    problem = Kernels.classOf("ft", FtClass.PUBLISHED, problemClass);
    length = problem.ny();
    width = problem.nx() * PLANES;
    block = BlockFft.wideColumns(length);
    fft = new BlockFft(length, block, new BlockFft.Work(length * block));
    Random random = new Random(1);
    int points = length * width;
    re = random.doubles(points).toArray();
    im = random.doubles(points).toArray();
    toRe = new double[points];
    toIm = new double[points];
    reInC = KernelBaseline.copy(re);
    imInC = KernelBaseline.copy(im);
    toReInC = KernelBaseline.copy(toRe);
    toImInC = KernelBaseline.copy(toIm);
    roots = KernelBaseline.copy(fft.roots());
    work = KernelBaseline.allocate(4L * Double.BYTES * length * block);
  }

  @Override
  public String title() {
    return "ft transform, class " + problem.name();
  }

  @Override
  public long size() {
    return (long) length * width;
  }

  @Override
  public void java() {
    for (int column = 0; column < width; column += block) {
      fft.transform(re, im, column, width, toRe, toIm, column, width);
    }
  }

  @Override
  public void c() {
    try {
      int done =
          (int)
              COLUMNS.invokeExact(
                  reInC.address(),
                  imInC.address(),
                  toReInC.address(),
                  toImInC.address(),
                  (long) length,
                  (long) width,
                  (long) block,
                  roots.address(),
                  work.address());
      assert done == 0;
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  @Override
  public double difference() {
    return Math.max(
        KernelBaseline.difference(toRe, toReInC), KernelBaseline.difference(toIm, toImInC));
  }
}
