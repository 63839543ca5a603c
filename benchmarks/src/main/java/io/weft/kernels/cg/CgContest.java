package io.weft.kernels.cg;

import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;

import io.weft.bench.series.Contest;
import io.weft.bench.series.KernelBaseline;
import io.weft.ffi.Unchecked;
import io.weft.kernels.Kernels;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Random;

/** CG's matrix times a vector. */
public final class CgContest implements Contest {
  private static final MethodHandle MULTIPLY =
      KernelBaseline.loop("weft_cg_multiply", POINTER, POINTER, POINTER, POINTER, POINTER, LONG);

  private final CgClass problem;
  private final SparseMatrix matrix;
  private final double[] x;
  private final double[] y;
  private final MemorySegment startsInC;
  private final MemorySegment columnsInC;
  private final MemorySegment valuesInC;
  private final MemorySegment xInC;
  private final MemorySegment yInC;

  /**
   * Makes one.
   *
   * @param problemClass the class's letter
   */
  public CgContest(String problemClass) {
    problem = Kernels.classOf("cg", CgClass.PUBLISHED, problemClass);
    matrix = MatrixGenerator.generate(problem, ProcessorGrid.of(problem.order(), 1, 0));
    x = new Random(1).doubles(matrix.columnCount()).toArray();
    y = new double[matrix.rows()];
    int[] starts = new int[matrix.rows() + 1];
    for (int row = 0; row < starts.length; row++) {
      starts[row] = matrix.rowStart(row);
    }
    int[] columns = new int[matrix.elements()];
    double[] values = new double[matrix.elements()];
    for (int k = 0; k < values.length; k++) {
      columns[k] = matrix.column(k);
      values[k] = matrix.value(k);
    }
    startsInC = KernelBaseline.copy(starts);
    columnsInC = KernelBaseline.copy(columns);
    valuesInC = KernelBaseline.copy(values);
    xInC = KernelBaseline.copy(x);
    yInC = KernelBaseline.copy(y);
  }

  @Override
  public String title() {
    return "cg product, class " + problem.name();
  }

  @Override
  public long size() {
    return matrix.elements();
  }

  @Override
  public void java() {
    matrix.multiply(0, matrix.rows(), x, y);
  }

  @Override
  public void c() {
    try {
      int done =
          (int)
              MULTIPLY.invokeExact(
                  startsInC.address(),
                  columnsInC.address(),
                  valuesInC.address(),
                  xInC.address(),
                  yInC.address(),
                  (long) matrix.rows());
      assert done == 0;
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  @Override
  public double difference() {
    return KernelBaseline.difference(y, yInC);
  }
}
