package io.weft.mpi;

/**
 * A rank's neighbours in a distributed graph (MPI-4.0 section 8.5.6).
 *
 * @param sources who sends to it
 * @param sourceWeights how much, of each; null if the graph has no weights
 * @param destinations to whom it sends
 * @param destinationWeights how much, to each; null if the graph has no weights
 */
public record DistGraphNeighbors(
    int[] sources, int[] sourceWeights, int[] destinations, int[] destinationWeights) {}
