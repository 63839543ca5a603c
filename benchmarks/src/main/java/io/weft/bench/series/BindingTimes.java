package io.weft.bench.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Measures one binding: each operation at each length, the same as {@code bindings.c}. Started once
 * a turn by {@link BindingsSeries}, for each binding in a JVM of its own.
 */
final class BindingTimes {
  /** Seconds that the first length of each operation takes beforehand, so that it is compiled. */
  private static final double WARM_UP = 1;

  private final BindingBuffers buffers;
  private final BindingRanks ranks;
  private final Rounds rounds;

  private BindingTimes(BindingBuffers buffers, BindingRanks ranks) {
    this.buffers = buffers;
    this.ranks = ranks;
    this.rounds = new Rounds(ranks);
  }

  /**
   * Measures and prints on rank 0.
   *
   * @param arguments seconds for each length, lengths in bytes
   * @param binding what makes a way to MPI over the buffers
   */
  static void measure(String[] arguments, Function<BindingBuffers, BindingRanks> binding) {
    double seconds = Double.parseDouble(arguments[0]);
    List<Integer> lengths = new ArrayList<>();
    for (String length : Arrays.asList(arguments).subList(1, arguments.length)) {
      lengths.add(Integer.valueOf(length));
    }
    BindingBuffers buffers = new BindingBuffers(lengths.stream().max(Integer::compare).get());
    BindingTimes times = new BindingTimes(buffers, binding.apply(buffers));
    for (BindingOperation operation : BindingOperation.values()) {
      times.rounds.measure(
          times.ranks.loop(operation, lengths.getFirst()), WARM_UP, BindingRanks.WINDOW);
      for (int length : lengths) {
        if (operation.has(length)) {
          times.measure(operation, length, seconds);
        }
        if (operation == BindingOperation.COMM_RANK) {
          break;
        }
      }
    }
  }

  private void measure(BindingOperation operation, int length, double seconds) {
    buffers.fill(ranks.rank());
    rounds.measure(ranks.loop(operation, length), seconds, BindingRanks.WINDOW);
    if (ranks.rank() == 0) {
      boolean moves = operation != BindingOperation.COMM_RANK;
      System.out.printf(
          "%s - %d %.2f %s %.2f%n",
          operation,
          moves ? length : Integer.BYTES,
          rounds.nanos(),
          moves ? buffers.checksum(operation.isOfArrays(), length) : "0",
          rounds.allocated());
    }
  }
}
