package io.weft.kernels.mg;

import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;

import io.weft.bench.series.Contest;
import io.weft.bench.series.KernelBaseline;
import io.weft.ffi.Unchecked;
import io.weft.kernels.Kernels;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** MG's four operators on the finest grid, ghosts left as they are. */
public final class MgContest implements Contest {
  private static final MethodHandle RESIDUAL =
      KernelBaseline.loop("weft_mg_residual", POINTER, POINTER, POINTER, LONG);
  private static final MethodHandle SMOOTH =
      KernelBaseline.loop("weft_mg_smooth", POINTER, POINTER, LONG, POINTER);
  private static final MethodHandle RESTRICT =
      KernelBaseline.loop("weft_mg_restrict", POINTER, POINTER, LONG);
  private static final MethodHandle INTERPOLATE =
      KernelBaseline.loop("weft_mg_interpolate", POINTER, POINTER, LONG);

  private enum Operator {
    RESIDUAL("residual"),
    SMOOTH("smoothing"),
    RESTRICT("restriction"),
    INTERPOLATE("interpolation");

    private final String words;

    Operator(String words) {
      this.words = words;
    }
  }

  private final Operator operator;
  private final String problemClass;
  private final MgClass problem;
  private final int points;
  private final Field u;
  private final Field v;
  private final Field r;
  private final Field coarse;
  private final double[] near;
  private final double[] diagonal;
  private final MemorySegment inC;
  private final MemorySegment rightInC;
  private final MemorySegment outC;
  private final MemorySegment coarseInC;
  private final MemorySegment weights;

  private MgContest(Operator operator, String problemClass) {
    this.operator = operator;
    this.problemClass = problemClass;
    this.problem = Kernels.classOf("mg", MgClass.PUBLISHED, problemClass);
    this.points = problem.points();
    this.u = random(points, 1);
    this.v = random(points, 2);
    this.r = random(points, 3);
    this.coarse = random(points / 2, 4);
    this.near = new double[points + 2 + StencilRows.PADDING];
    this.diagonal = new double[points + 2 + StencilRows.PADDING];
    this.inC = KernelBaseline.copy(u.values());
    this.rightInC = KernelBaseline.copy(v.values());
    this.outC = KernelBaseline.copy(r.values());
    this.coarseInC = KernelBaseline.copy(coarse.values());
    this.weights =
        KernelBaseline.copy(problem.smoother().stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static Field random(int points, long seed) {
    Field field = new Field(points, points);
    Random random = new Random(seed);
    for (int i = 0; i < field.values().length; i++) {
      field.values()[i] = random.nextDouble() - 0.5;
    }
    return field;
  }

  /**
   * The four of a class.
   *
   * @param problemClass its letter
   * @return makes each
   */
  public static List<Supplier<Contest>> ofClass(String problemClass) {
    List<Supplier<Contest>> all = new ArrayList<>();
    for (Operator each : Operator.values()) {
      all.add(() -> new MgContest(each, problemClass));
    }
    return all;
  }

  /**
   * Their titles.
   *
   * @param problemClass the class's letter
   * @return in the order of {@link #ofClass}
   */
  public static List<String> titles(String problemClass) {
    List<String> all = new ArrayList<>();
    for (Operator each : Operator.values()) {
      all.add(title(each, problemClass));
    }
    return all;
  }

  private static String title(Operator operator, String problemClass) {
    return "mg " + operator.words + ", class " + problemClass;
  }

  @Override
  public String title() {
    return title(operator, problemClass);
  }

  @Override
  public long size() {
    return (long) points * points * points;
  }

  @Override
  public void java() {
    switch (operator) {
      case RESIDUAL -> residual();
      case SMOOTH -> smooth();
      case RESTRICT -> restrict();
      case INTERPOLATE -> interpolate();
    }
  }

  private void residual() {
    for (int z = 0; z < points; z++) {
      for (int y = 0; y < points; y++) {
        int at = u.at(z, y);
        sumsAround(u, at);
        StencilRows.residual(u.values(), v.values(), r.values(), at, points, near, diagonal);
      }
    }
  }

  private void smooth() {
    double c0 = problem.smoother().get(0);
    double c1 = problem.smoother().get(1);
    double c2 = problem.smoother().get(2);
    for (int z = 0; z < points; z++) {
      for (int y = 0; y < points; y++) {
        int at = u.at(z, y);
        sumsAround(u, at);
        StencilRows.smooth(u.values(), r.values(), at, points, near, diagonal, c0, c1, c2);
      }
    }
  }

  private void restrict() {
    for (int z = 0; z < points / 2; z++) {
      for (int y = 0; y < points / 2; y++) {
        int at = u.at(2 * z + 1, 2 * y + 1);
        sumsAround(u, at);
        StencilRows.restrict(
            u.values(), at, near, diagonal, coarse.values(), coarse.at(z, y), points / 2);
      }
    }
  }

  private void interpolate() {
    for (int z = -1; z <= points; z++) {
      for (int y = 0; y < points; y++) {
        int lowerZ = Math.floorDiv(z - 1, 2);
        int upperZ = Math.floorDiv(z, 2);
        int lowerY = Math.floorDiv(y - 1, 2);
        int upperY = y / 2;
        StencilRows.mean(
            coarse.values(),
            coarse.at(lowerZ, lowerY) - 1,
            coarse.at(lowerZ, upperY) - 1,
            coarse.at(upperZ, lowerY) - 1,
            coarse.at(upperZ, upperY) - 1,
            coarse.row(),
            near);
        StencilRows.addInterpolated(near, r.values(), r.at(z, y), points / 2);
      }
    }
  }

  private void sumsAround(Field field, int at) {
    StencilRows.sumsAround(
        field.values(), at - 1, field.row(), field.plane(), field.row(), near, diagonal);
  }

  @Override
  public void c() {
    try {
      int done =
          switch (operator) {
            case RESIDUAL ->
                (int)
                    RESIDUAL.invokeExact(
                        inC.address(), rightInC.address(), outC.address(), (long) points);
            case SMOOTH ->
                (int)
                    SMOOTH.invokeExact(
                        inC.address(), outC.address(), (long) points, weights.address());
            case RESTRICT ->
                (int) RESTRICT.invokeExact(inC.address(), coarseInC.address(), (long) points);
            case INTERPOLATE ->
                (int) INTERPOLATE.invokeExact(coarseInC.address(), outC.address(), (long) points);
          };
      assert done == 0;
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  @Override
  public double difference() {
    return operator == Operator.RESTRICT
        ? KernelBaseline.difference(coarse.values(), coarseInC)
        : KernelBaseline.difference(r.values(), outC);
  }
}
