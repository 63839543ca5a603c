package io.weft.bench.series;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Measures one binding: the slices that a {@link Relay} asks for, as {@code bindings.c} does;
 * started by {@link BindingsSeries}, for each binding in a JVM of its own.
 */
final class BindingTimes {
  private final BindingBuffers buffers;
  private final BindingRanks ranks;
  private final Rounds rounds;

  private BindingTimes(BindingBuffers buffers, BindingRanks ranks) {
    this.buffers = buffers;
    this.ranks = ranks;
    this.rounds = new Rounds(ranks);
  }

  /**
   * Measures until it is told to end; prints on rank 0.
   *
   * @param arguments the directory of the ranks' FIFOs, the most bytes of an operation
   * @param binding what makes a way to MPI over the buffers
   */
  static void measure(String[] arguments, Function<BindingBuffers, BindingRanks> binding) {
    BindingBuffers buffers = new BindingBuffers(Integer.parseInt(arguments[1]));
    BindingTimes times = new BindingTimes(buffers, binding.apply(buffers));
    Path fifo = Path.of(arguments[0], Integer.toString(times.ranks.rank()));
    try (BufferedReader lines = Files.newBufferedReader(fifo)) {
      String line = lines.readLine();
      while (line != null && !line.equals("end")) {
        String[] words = line.split(" ");
        times.measure(
            BindingOperation.of(words[0]),
            Integer.parseInt(words[1]),
            Double.parseDouble(words[2]));
        line = lines.readLine();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void measure(BindingOperation operation, int length, double seconds) {
    buffers.fill(ranks.rank(), length);
    rounds.measure(ranks.loop(operation, length), seconds, BindingRanks.WINDOW);
    if (ranks.rank() == 0) {
      boolean moves = operation != BindingOperation.COMM_RANK;
      System.out.printf(
          "%s - %d %.2f %s %.2f%n",
          operation,
          length,
          rounds.nanos(),
          moves ? buffers.checksum(operation.isOfArrays(), length) : "0",
          rounds.allocated());
    }
  }
}
