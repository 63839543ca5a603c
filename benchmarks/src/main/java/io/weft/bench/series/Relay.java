package io.weft.bench.series;

import io.weft.bench.CoreMode;
import io.weft.bench.Folders;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Programs that all stand by while one of them measures: each takes its slice some milliseconds
 * after the other, so that they meet the machine in the same state. On a machine whose cores are
 * paired anew every few seconds, ratios of ways that are started one after the other say little.
 *
 * <p>A rank that stands by waits for a line in a FIFO of its own, on no core. A line asks for a
 * slice, {@code OPERATION LENGTH SECONDS}; rank 0 prints its figure as {@link Series} has it.
 */
final class Relay implements AutoCloseable {
  /** What a slice may take beyond the time asked for: starting, compiling, a machine that waits. */
  private static final long PATIENCE_SECONDS = 120;

  /** One of the programs. */
  private static final class Runner implements AutoCloseable {
    private final Way way;
    private final WayStarter.Running ranks;
    private final BufferedReader figures;
    private final List<RandomAccessFile> lines = new ArrayList<>();

    private Runner(WayStarter starter, Way way, Path directory, String mostBytes)
        throws IOException, InterruptedException {
      this.way = way;
      Files.createDirectory(directory);
      for (int rank = 0; rank < way.ranks(); rank++) {
        Path fifo = directory.resolve(Integer.toString(rank));
        if (new ProcessBuilder("mkfifo", fifo.toString()).inheritIO().start().waitFor() != 0) {
          throw new IOException("mkfifo " + fifo + " failed");
        }
        // Open for reading too, or this would wait for a rank that may never come.
        lines.add(new RandomAccessFile(fifo.toFile(), "rw"));
      }
      ranks = starter.start(way, List.of(directory.toString(), mostBytes));
      figures =
          new BufferedReader(
              new InputStreamReader(ranks.process().getInputStream(), StandardCharsets.UTF_8));
    }

    private void tell(String line) throws IOException {
      for (RandomAccessFile each : lines) {
        each.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }

    /** Lets the ranks end by themselves. */
    private void end() throws IOException, InterruptedException {
      tell("end");
      if (!ranks.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)
          || ranks.process().exitValue() != 0) {
        throw ranks.failed();
      }
    }

    @Override
    public void close() throws IOException {
      ranks.close();
      for (RandomAccessFile each : lines) {
        each.close();
      }
    }
  }

  private final Path directory = Files.createTempDirectory("weft-relay");
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("figures").factory());
  private final List<Runner> runners = new ArrayList<>();

  /** Starts all; each then waits for its first slice. */
  Relay(WayStarter starter, List<Way> ways, String mostBytes)
      throws IOException, InterruptedException {
    try {
      for (Way way : ways) {
        Path own = directory.resolve(Integer.toString(runners.size()));
        runners.add(new Runner(starter, way, own, mostBytes));
      }
    } catch (IOException | InterruptedException failed) {
      close();
      throw failed;
    }
  }

  /** A slice of each that counts for nothing. */
  void warmUp(String operation, int length, double seconds)
      throws IOException, InterruptedException {
    for (Runner runner : runners) {
      slice(runner, operation, length, seconds);
    }
  }

  /** A slice of each, beginning with another one every turn. */
  void turn(Figures figures, CoreMode cores, int turn, String operation, int length, double seconds)
      throws IOException, InterruptedException {
    double before = cores.measure();
    String[] printed = new String[runners.size()];
    for (int i = 0; i < printed.length; i++) {
      int next = (i + turn) % printed.length;
      printed[next] = slice(runners.get(next), operation, length, seconds);
    }
    CoreMode.Pairing mode = cores.between(before, cores.measure());
    for (int i = 0; i < printed.length; i++) {
      Series.take(figures, runners.get(i).way, turn, printed[i], mode);
    }
  }

  private String slice(Runner runner, String operation, int length, double seconds)
      throws IOException, InterruptedException {
    runner.tell(operation + " " + length + " " + seconds);
    Future<String> line = reader.submit(runner.figures::readLine);
    try {
      String printed = line.get(PATIENCE_SECONDS + (long) seconds, TimeUnit.SECONDS);
      if (printed == null) {
        throw runner.ranks.failed();
      }
      return printed;
    } catch (TimeoutException late) {
      throw new IOException(
          "no figure of " + operation + ", " + length + " bytes: " + runner.ranks.failed(), late);
    } catch (ExecutionException failed) {
      throw new IOException(runner.ranks.failed().getMessage(), failed.getCause());
    }
  }

  /** Lets all end by themselves. */
  void end() throws IOException, InterruptedException {
    for (Runner runner : runners) {
      runner.end();
    }
  }

  @Override
  public void close() throws IOException {
    for (Runner runner : runners) {
      runner.close();
    }
    reader.shutdownNow();
    Folders.remove(directory);
  }
}
