package io.weft.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;

/**
 * Results that nobody measured: each cell has the median that is asked for, rounds that differ from
 * it and iterations that differ from their round by log-normal noise.
 */
public final class Synthetic {
  /** The standard deviation of the logarithm between rounds. */
  public static final double BETWEEN_ROUNDS = 0.02;

  /** The same within a round. */
  public static final double WITHIN_ROUND = 0.01;

  private final Random random;
  private int rounds = 10;
  private int iterations = 5;
  private double between = BETWEEN_ROUNDS;
  private double within = WITHIN_ROUND;
  private IntToDoubleFunction drift = round -> 1;
  private IntFunction<String> cores = round -> "near";

  /**
   * With ten rounds of five iterations.
   *
   * @param seed the same one brings the same results
   */
  public Synthetic(long seed) {
    random = new Random(seed);
  }

  /**
   * Has other numbers.
   *
   * @param number of rounds
   * @param iterationsOfEach in a round
   * @return this
   */
  public Synthetic rounds(int number, int iterationsOfEach) {
    rounds = number;
    iterations = iterationsOfEach;
    return this;
  }

  /**
   * Has other noise.
   *
   * @param betweenRounds standard deviation of the logarithm
   * @param withinRound the same of iterations of one round
   * @return this
   */
  public Synthetic noise(double betweenRounds, double withinRound) {
    between = betweenRounds;
    within = withinRound;
    return this;
  }

  /**
   * Multiplies each round's times.
   *
   * @param ofRound by what, counted from 1
   * @return this
   */
  public Synthetic drift(IntToDoubleFunction ofRound) {
    drift = ofRound;
    return this;
  }

  /**
   * Says how the cores of each round were paired.
   *
   * @param ofRound the word, counted from 1
   * @return this
   */
  public Synthetic cores(IntFunction<String> ofRound) {
    cores = ofRound;
    return this;
  }

  /**
   * Draws a sample.
   *
   * @param median of all
   * @return the iterations of each round
   */
  public double[][] sample(double median) {
    double[][] result = new double[rounds][iterations];
    for (int i = 0; i < rounds; i++) {
      double ofRound = median * drift.applyAsDouble(i + 1) * factor(between);
      for (int j = 0; j < iterations; j++) {
        result[i][j] = ofRound * factor(within);
      }
    }
    return result;
  }

  /** Its median is 1. */
  private double factor(double deviation) {
    return Math.exp(deviation * random.nextGaussian());
  }

  /**
   * Draws a cell of times.
   *
   * @param key whose
   * @param found the network
   * @param medianNanos in nanoseconds
   * @return the cell
   */
  public Cell cell(CellKey key, String found, double medianNanos) {
    return cell(key, Quantity.TIME, 1, "half round trip", found, medianNanos);
  }

  /**
   * Draws a cell.
   *
   * @param key whose
   * @param quantity what it is read as
   * @param perOperation what an operation moves
   * @param operation its name
   * @param found the network
   * @param medianNanos in nanoseconds
   * @return the cell
   */
  public Cell cell(
      CellKey key,
      Quantity quantity,
      double perOperation,
      String operation,
      String found,
      double medianNanos) {
    List<Round> all = new ArrayList<>();
    double[][] sample = sample(medianNanos);
    boolean java = !key.via().startsWith("c-") && !key.via().equals("fi_pingpong");
    for (int i = 0; i < rounds; i++) {
      List<Double> nanos = new ArrayList<>();
      for (double value : sample[i]) {
        nanos.add(value);
      }
      double p50 = sample[i][0];
      Percentiles percentiles =
          key.benchmark().equals("PingPong")
              ? new Percentiles(p50, 1.2 * p50, 1.9 * p50, 6 * p50, (20 + i) * p50)
              : null;
      all.add(
          new Round(
              i + 1,
              cores.apply(i + 1),
              nanos,
              percentiles,
              java ? 0.25 : 0,
              "sum" + key.bytes() + key.benchmark() + key.parameters() + key.ranks()));
    }
    return new Cell(key, quantity, perOperation, operation, 1000, found(key, found), all);
  }

  private static Found found(CellKey key, String network) {
    boolean mpi = key.via().contains("mpi");
    return switch (network) {
      case "efa" ->
          new Found(
              mpi ? "Open MPI 5.0.8" : "libfabric 2.1.0",
              network,
              "efa",
              "rdm",
              "rdmap0s6 (efa)",
              2);
      case "ena" ->
          new Found(
              mpi ? "Open MPI 5.0.8" : "libfabric 2.1.0", network, "tcp", "tcp", "ens5 (ena)", 2);
      default ->
          new Found(
              mpi ? "Open MPI 4.1.4" : "libfabric 1.17.0", network, "some", "unknown", "none", 1);
    };
  }

  /**
   * A key of two ranks without parameters.
   *
   * @param benchmark its name
   * @param via the library
   * @param network what was asked for
   * @param bytes of a message
   * @return the key
   */
  public static CellKey key(String benchmark, String via, String network, long bytes) {
    return new CellKey(benchmark, Map.of(), via, network, bytes, 2);
  }

  /**
   * A machine that there is not.
   *
   * @param caveats what it says of itself
   * @return the machine
   */
  public static Environment environment(String... caveats) {
    return new Environment(
        "0.1.0",
        "synthetic",
        "c7i.metal (synthetic)",
        "A processor",
        8,
        34_359_738_368L,
        "Linux 6.1",
        "performance",
        "OpenJDK 25.0.1",
        Map.of("Open MPI", "5.0.8", "libfabric", "2.1.0"),
        List.of(caveats));
  }

  /**
   * A file of that machine.
   *
   * @param cells what it holds
   * @return the file
   */
  public ResultFile file(List<Cell> cells) {
    return file(environment(), cells, List.of());
  }

  /**
   * A file.
   *
   * @param environment the machine
   * @param cells what it holds
   * @param absent what it lacks
   * @return the file
   */
  public ResultFile file(Environment environment, List<Cell> cells, List<AbsentCell> absent) {
    return new ResultFile(
        ResultFile.FORMAT,
        ResultFile.VERSION,
        "2026-11-21T10:15:30Z",
        environment,
        new Method(rounds, 3, 1, iterations, 0.5, 42, true),
        cells,
        absent);
  }
}
