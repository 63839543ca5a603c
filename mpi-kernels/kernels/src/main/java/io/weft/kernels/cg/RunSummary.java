package io.weft.kernels.cg;

import io.weft.comm.Communicator;
import io.weft.comm.ElementType;
import io.weft.comm.ReduceOp;
import io.weft.kernels.PhaseTime;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * What all ranks of a run found, combined at its end, so that every rank reports the same.
 *
 * @param zeta the eigenvalue estimate; NaN if two ranks differ in a single bit
 * @param seconds the largest wall time
 * @param phases time by phase
 */
record RunSummary(double zeta, double seconds, List<PhaseTime> phases) {
  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  /** The doubles that ranks combine: the wall time, then one per phase. */
  static final int CAPACITY = 1 + Phase.values().length;

  /**
   * Combines; collective.
   *
   * @param communicator the ranks
   * @param zeta what this rank found
   * @param seconds this rank's wall time
   * @param timers this rank's time by phase
   */
  static RunSummary of(Communicator communicator, double zeta, double seconds, PhaseTimers timers) {
    Combiner combiner = new Combiner(communicator);
    double[] own = new double[CAPACITY];
    own[0] = seconds;
    for (Phase phase : Phase.values()) {
      own[1 + phase.ordinal()] = timers.seconds(phase);
    }
    double[] least = combiner.combine(own, ReduceOp.MIN);
    double[] sum = combiner.combine(own, ReduceOp.SUM);
    double[] most = combiner.combine(own, ReduceOp.MAX);
    List<PhaseTime> phases = new ArrayList<>();
    for (Phase phase : Phase.values()) {
      int k = 1 + phase.ordinal();
      double mean = sum[k] / communicator.size();
      phases.add(new PhaseTime(phase.label(), phase.communication(), least[k], mean, most[k]));
    }
    return new RunSummary(combiner.agreed(zeta), most[0], phases);
  }

  /** Copies the list. */
  RunSummary {
    phases = List.copyOf(phases);
  }

  /** Small reductions over all ranks. */
  private static final class Combiner {
    private final Communicator communicator;
    private final MemorySegment send;
    private final MemorySegment receive;

    Combiner(Communicator communicator) {
      this.communicator = communicator;
      this.send = communicator.allocate((long) CAPACITY * Double.BYTES);
      this.receive = communicator.allocate((long) CAPACITY * Double.BYTES);
    }

    double[] combine(double[] own, ReduceOp op) {
      MemorySegment.copy(own, 0, send, DOUBLE, 0, own.length);
      communicator.allreduce(send, 0, receive, 0, own.length, ElementType.DOUBLE, op);
      double[] combined = new double[own.length];
      MemorySegment.copy(receive, DOUBLE, 0, combined, 0, own.length);
      return combined;
    }

    /**
     * A value on which all ranks must agree. Compared as bits: the greatest and the least of
     * floating point numbers may drop a NaN, and must not.
     */
    double agreed(double value) {
      send.set(LONG, 0, Double.doubleToLongBits(value));
      communicator.allreduce(send, 0, receive, 0, 1, ElementType.LONG, ReduceOp.MIN);
      long least = receive.get(LONG, 0);
      communicator.allreduce(send, 0, receive, 0, 1, ElementType.LONG, ReduceOp.MAX);
      long most = receive.get(LONG, 0);
      return least == most ? value : Double.NaN;
    }
  }
}
