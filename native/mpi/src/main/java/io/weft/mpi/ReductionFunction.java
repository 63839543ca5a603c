package io.weft.mpi;

import java.lang.foreign.MemorySegment;

/** What a {@link UserOp} does. Associative, as MPI demands (MPI-4.0 section 6.9.5). */
@FunctionalInterface
public interface ReductionFunction {
  /**
   * Combines elements pairwise: {@code inOut[i] = in[i] op inOut[i]}. Called from within the
   * library, maybe several times for one reduction; must not call MPI. What it throws is thrown
   * from the call that reduced, whose result is then undefined.
   *
   * @param in the operands of the lower ranks; not to be written
   * @param inOut the operands of the higher ranks, and where the result goes
   * @param count elements
   * @param type their type
   */
  void reduce(MemorySegment in, MemorySegment inOut, long count, Datatype type);
}
