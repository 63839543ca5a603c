package io.weft.kernels.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The smaller of what the processor prefers and 256 bits: wider ones lower the clock of some
 * processors, and loops here are bound by memory or by latency.
 */
public final class Species {
  private static final int MOST_BITS = 256;

  /** For {@code double}: 4 elements, or 2 where the processor has 128 bits. */
  public static final VectorSpecies<Double> DOUBLE =
      DoubleVector.SPECIES_PREFERRED.vectorBitSize() < MOST_BITS
          ? DoubleVector.SPECIES_PREFERRED
          : DoubleVector.SPECIES_256;

  private Species() {}
}
