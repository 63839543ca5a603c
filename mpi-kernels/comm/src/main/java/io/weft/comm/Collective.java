package io.weft.comm;

import static io.weft.comm.Algorithm.BINOMIAL;
import static io.weft.comm.Algorithm.BRUCK;
import static io.weft.comm.Algorithm.LINEAR;
import static io.weft.comm.Algorithm.PAIRWISE;
import static io.weft.comm.Algorithm.RABENSEIFNER;
import static io.weft.comm.Algorithm.RECURSIVE_DOUBLING;
import static io.weft.comm.Algorithm.RECURSIVE_HALVING;
import static io.weft.comm.Algorithm.RING;
import static io.weft.comm.Algorithm.SCATTER_ALLGATHER;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The collectives that {@link FabricCommunicator} can do in more than one way, by the length of the
 * vector (all-reduce, reduce, broadcast) or of one rank's block (the others). Those of blocks of
 * unequal length have one way each.
 */
public enum Collective {
  /** {@link CollectiveOperations#allreduce}. */
  ALLREDUCE(RECURSIVE_DOUBLING, RING, RABENSEIFNER),
  /** {@link CollectiveOperations#reduce}. */
  REDUCE(BINOMIAL, RABENSEIFNER),
  /** {@link CollectiveOperations#bcast}. */
  BCAST(BINOMIAL, SCATTER_ALLGATHER),
  /** {@link CollectiveOperations#allgather}. */
  ALLGATHER(RING, RECURSIVE_DOUBLING, BRUCK),
  /** {@link CollectiveOperations#alltoall}. */
  ALLTOALL(PAIRWISE, BRUCK),
  /** {@link CollectiveOperations#gather}. */
  GATHER(BINOMIAL, LINEAR),
  /** {@link CollectiveOperations#scatter}. */
  SCATTER(BINOMIAL, LINEAR),
  /** {@link CollectiveOperations#reduceScatter}. */
  REDUCE_SCATTER(PAIRWISE, RECURSIVE_HALVING);

  private final List<Algorithm> algorithms;

  Collective(Algorithm... algorithms) {
    this.algorithms = List.of(algorithms);
  }

  /**
   * The ways there are.
   *
   * @return at least two
   */
  public List<Algorithm> algorithms() {
    return algorithms;
  }

  /**
   * Says whether an algorithm does this collective on so many ranks: all-gather by recursive
   * doubling and reduce-scatter by recursive halving need a power of two.
   *
   * @param algorithm which
   * @param ranks how many
   * @return true if it does
   */
  public boolean allows(Algorithm algorithm, int ranks) {
    boolean anyNumber =
        switch (this) {
          case ALLGATHER -> algorithm != RECURSIVE_DOUBLING;
          case REDUCE_SCATTER -> algorithm != RECURSIVE_HALVING;
          default -> true;
        };
    return algorithms.contains(algorithm) && (anyNumber || Integer.bitCount(ranks) == 1);
  }

  /**
   * The environment variable that names the algorithm to use instead of the table's, such as {@code
   * WEFT_ALLREDUCE}.
   *
   * @return its name
   */
  public String variable() {
    return "WEFT_" + name();
  }

  /**
   * Finds an algorithm of this collective.
   *
   * @param name as {@link Algorithm#toString} gives it
   * @return the algorithm
   * @throws IllegalArgumentException if there is none of that name; names all
   */
  public Algorithm algorithm(String name) {
    for (Algorithm each : algorithms) {
      if (each.toString().equals(name)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "\""
            + name
            + "\" is no algorithm of "
            + this
            + "; there are "
            + algorithms.stream().map(Algorithm::toString).collect(Collectors.joining(", ")));
  }

  /**
   * The name in tables.
   *
   * @return lower case, with {@code -} between words
   */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
