package io.weft.bench.series;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.weft.bench.Checksum;
import io.weft.bench.CoreMode;
import io.weft.bench.program.CBaseline;
import io.weft.comm.ElementType;
import io.weft.comm.ReduceOp;
import io.weft.comm.fabric.Reduction;
import io.weft.ffi.CType;
import io.weft.ffi.NativeLibrary;
import io.weft.ffi.Unchecked;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * What collectives reduce with, against a loop in C, in slices that alternate within this process;
 * started by {@code scripts/bench reduction}.
 */
public final class ReductionSeries {
  private static final String USAGE =
      """
      Usage: scripts/bench reduction [--turns N] [--seconds S] [LENGTH...]

      One vector reduced into another: by a loop in C (gcc -O3 -march=native), by jdk.incubator.vector, and by the plain
      loops that serve without it. N turns (default 31) of S seconds (default 0.005) for each length in bytes, multiples of
      8 (default 1024 to 4194304). Prints a table per operation: 10^9 bytes of one vector per second, median (least to
      most), and time over C's in the same turn.
      """;

  private static final NativeLibrary C = CBaseline.open("reduction.c");
  private static final MethodHandle SUM_DOUBLE = loop("weft_sum_double");
  private static final MethodHandle MIN_DOUBLE = loop("weft_min_double");
  private static final MethodHandle SUM_INT = loop("weft_sum_int");

  /** Turns before those that count, so that each way is compiled. */
  private static final int WARMING = 40;

  private final SeriesOptions options;
  private final Figures figures = new Figures();
  private final MemorySegment into;
  private final MemorySegment from;

  private interface Way {
    void reduce(long bytes);
  }

  private ReductionSeries(SeriesOptions options) {
    this.options = options;
    long most = options.lengths().stream().mapToLong(Long::parseLong).max().orElseThrow();
    into = Arena.global().allocate(most, 4096);
    from = Arena.global().allocate(most, 4096);
  }

  private static MethodHandle loop(String function) {
    return C.function(function, CType.intFunction(CType.POINTER, CType.POINTER, CType.LONG));
  }

  /**
   * Measures and prints.
   *
   * @param arguments see {@code --help}
   * @throws IOException if the ways differ in a bit of the result
   * @throws InterruptedException if this is interrupted
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    SeriesOptions options =
        SeriesOptions.parse(
            arguments, USAGE, 31, "0.005", "1024 8192 65536 262144 1048576 4194304");
    if (options == null) {
      return;
    }
    if (!Reduction.hasVectors()) {
      System.err.println(
          "this JVM has no vectors: start it with --add-modules jdk.incubator.vector");
      System.exit(2);
    }
    ReductionSeries series = new ReductionSeries(options);
    series.measure(ElementType.DOUBLE, ReduceOp.SUM, series::sumDouble);
    series.measure(ElementType.DOUBLE, ReduceOp.MIN, series::minDouble);
    series.measure(ElementType.INT, ReduceOp.SUM, series::sumInt);
    System.out.print(series.figures.print(Unit.GIGABYTES));
  }

  private void sumDouble(long bytes) {
    try {
      int done = (int) SUM_DOUBLE.invokeExact(into.address(), from.address(), bytes / 8);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  private void minDouble(long bytes) {
    try {
      int done = (int) MIN_DOUBLE.invokeExact(into.address(), from.address(), bytes / 8);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  private void sumInt(long bytes) {
    try {
      int done = (int) SUM_INT.invokeExact(into.address(), from.address(), bytes / 4);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  private void measure(ElementType type, ReduceOp op, Way c) throws IOException {
    Way vectors = bytes -> Reduction.apply(type, op, into, 0, from, 0, bytes);
    Way plain = bytes -> Reduction.applyPlainly(type, op, into, 0, from, 0, bytes);
    for (String text : options.lengths()) {
      long length = Long.parseLong(text);
      double[] last = {1e5, 1e5, 1e5};
      for (int turn = -WARMING; turn < options.turns(); turn++) {
        take(type, op, "C", c, length, turn, last, 0);
        take(type, op, "Java, vectors", vectors, length, turn, last, 1);
        take(type, op, "Java, plain loops", plain, length, turn, last, 2);
      }
    }
  }

  private void take(
      ElementType type,
      ReduceOp op,
      String column,
      Way way,
      long length,
      int turn,
      double[] last,
      int which)
      throws IOException {
    fill(type, length);
    way.reduce(length);
    String checksum = Checksum.of(into, length);
    long count = (long) (Double.parseDouble(options.seconds()) * 1e9 / last[which]) + 1;
    long start = System.nanoTime();
    for (long i = 0; i < count; i++) {
      way.reduce(length);
    }
    last[which] = (double) (System.nanoTime() - start) / count;
    if (turn >= 0) {
      Sample sample = new Sample(turn, last[which], checksum, 0, CoreMode.Pairing.NEAR);
      figures.add(type + " " + op, column, length, sample);
    }
  }

  private void fill(ElementType type, long length) {
    for (long i = 0; i < length / 8; i++) {
      if (type == ElementType.INT) {
        into.setAtIndex(JAVA_INT, 2 * i, (int) i * 77_777);
        into.setAtIndex(JAVA_INT, 2 * i + 1, (int) -i);
        from.setAtIndex(JAVA_INT, 2 * i, (int) i);
        from.setAtIndex(JAVA_INT, 2 * i + 1, (int) i * 99_991);
      } else {
        into.setAtIndex(JAVA_DOUBLE, i, i % 1000 / 7.0);
        from.setAtIndex(JAVA_DOUBLE, i, (i * 31 + 5) % 1000 / 7e3);
      }
    }
  }
}
