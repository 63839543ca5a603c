package mpi;

/**
 * This process's neighbours in a distributed graph; given by {@link
 * GraphComm#getDistGraphNeighbors}.
 */
public final class DistGraphNeighbors {
  private final int[] sources;
  private final int[] sourceWeights;
  private final int[] destinations;
  private final int[] destinationWeights;
  private final boolean weighted;

  DistGraphNeighbors(
      int[] sources,
      int[] sourceWeights,
      int[] destinations,
      int[] destinationWeights,
      boolean weighted) {
    this.sources = sources;
    this.sourceWeights = sourceWeights;
    this.destinations = destinations;
    this.destinationWeights = destinationWeights;
    this.weighted = weighted;
  }

  /**
   * The number of those who send here.
   *
   * @return the number
   */
  public int getInDegree() {
    return sources.length;
  }

  /**
   * The number of those to whom this process sends.
   *
   * @return the number
   */
  public int getOutDegree() {
    return destinations.length;
  }

  /**
   * Whether the graph was made with weights.
   *
   * @return false if it has none: all are 0 here
   */
  public boolean isWeighted() {
    return weighted;
  }

  /**
   * Who sends here.
   *
   * @param i which, from 0
   * @return a rank
   * @throws IndexOutOfBoundsException if there are not so many
   */
  public int getSource(int i) {
    return sources[i];
  }

  /**
   * The weight of the edge from there.
   *
   * @param i which, from 0
   * @return the weight
   * @throws IndexOutOfBoundsException if there are not so many
   */
  public int getSourceWeight(int i) {
    return sourceWeights[i];
  }

  /**
   * To whom this process sends.
   *
   * @param i which, from 0
   * @return a rank
   * @throws IndexOutOfBoundsException if there are not so many
   */
  public int getDestination(int i) {
    return destinations[i];
  }

  /**
   * The weight of the edge to there.
   *
   * @param i which, from 0
   * @return the weight
   * @throws IndexOutOfBoundsException if there are not so many
   */
  public int getDestinationWeight(int i) {
    return destinationWeights[i];
  }
}
