package io.weft.kernels.cg;

import io.weft.kernels.npb.NpbRandom;

/**
 * The sequence of sparse random vectors whose weighted outer products add up to the matrix
 * (RNR-94-007, "Kernel CG").
 *
 * <p>Vector {@code i} has {@code nonzeros} elements at random positions, all different, and the
 * value 1/2 at position {@code i}: in the place of a random value if there is one, else as one
 * element more. It is a function of the seed and of everything drawn before, because positions that
 * are out of range or taken are drawn again; that is why each rank walks the whole sequence. It
 * holds one vector at a time.
 */
final class SparseVectors {
  private static final long SEED = 314_159_265L;
  private static final double OWN_VALUE = 0.5;

  private final int order;
  private final int nonzeros;
  private final int indexBits;
  private final double ratio;
  private final NpbRandom random = new NpbRandom(SEED);

  private final int[] positions;
  private final double[] values;
  private int count;
  private int number = -1;
  private double weight;

  SparseVectors(CgClass problem) {
    this.order = problem.order();
    this.nonzeros = problem.nonzeros();
    // Positions are drawn from the smallest power of two that holds them all.
    this.indexBits = Integer.SIZE - Integer.numberOfLeadingZeros(order - 1);
    // The weights fall geometrically from 1 to nearly rcond.
    this.ratio = Math.pow(CgClass.RECIPROCAL_CONDITION, 1.0 / order);
    this.positions = new int[nonzeros + 1];
    this.values = new double[nonzeros + 1];
    // The benchmark draws one number, which it does not use, before the matrix.
    random.next();
  }

  /**
   * Steps on to the next vector.
   *
   * @return false if there is none
   */
  boolean next() {
    if (number == order - 1) {
      return false;
    }
    number++;
    weight = number == 0 ? 1 : weight * ratio;
    count = 0;
    while (count < nonzeros) {
      double value = random.next();
      int position = random.nextIndex(indexBits);
      if (position < order && find(position) < 0) {
        append(position, value);
      }
    }
    int own = find(number);
    if (own < 0) {
      append(number, OWN_VALUE);
    } else {
      values[own] = OWN_VALUE;
    }
    return true;
  }

  private void append(int position, double value) {
    positions[count] = position;
    values[count] = value;
    count++;
  }

  /**
   * A search through at most 16 elements; a table over all positions would cost O(order) memory.
   */
  private int find(int position) {
    for (int k = 0; k < count; k++) {
      if (positions[k] == position) {
        return k;
      }
    }
    return -1;
  }

  /** The elements of the current vector. */
  int count() {
    return count;
  }

  /** The position of one element, {@code 0 .. order - 1}. */
  int position(int element) {
    return positions[element];
  }

  /**
   * One element of the current vector's weighted outer product with itself. The product of the
   * values is taken first, so that the matrix is symmetric to the last bit.
   */
  double product(int rowElement, int columnElement) {
    return values[rowElement] * values[columnElement] * weight;
  }
}
