package io.weft.mpi.dropin.examples;

import io.weft.mpi.Comm;
import io.weft.mpi.Datatype;
import io.weft.mpi.Mpi;
import io.weft.mpi.Op;
import io.weft.mpi.ThreadLevel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What {@link Pi} does, in Weft's own API. */
public final class ModernPi {
  private ModernPi() {}

  /**
   * Prints pi.
   *
   * @param args none
   */
  public static void main(String[] args) {
    try (Mpi mpi = Mpi.initialize(ThreadLevel.FUNNELED)) {
      Comm world = mpi.world();
      int steps = 1_000_000;
      double part = 0;
      for (int i = world.rank(); i < steps; i += world.size()) {
        double x = (i + 0.5) / steps;
        part += 4.0 / (1.0 + x * x) / steps;
      }
      MemorySegment parts = mpi.allocate(Double.BYTES);
      MemorySegment pi = mpi.allocate(Double.BYTES);
      parts.set(ValueLayout.JAVA_DOUBLE, 0, part);
      world.reduce(parts, 0, pi, 0, 1, Datatype.DOUBLE, Op.SUM, 0);
      if (world.rank() == 0) {
        System.out.printf("pi is %.9f%n", pi.get(ValueLayout.JAVA_DOUBLE, 0));
      }
    }
  }
}
