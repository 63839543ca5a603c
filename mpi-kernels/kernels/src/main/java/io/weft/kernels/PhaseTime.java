package io.weft.kernels;

/**
 * Time spent in one phase of the timed part, over ranks.
 *
 * @param name the phase, such as {@code "row sums"}
 * @param communication whether it communicates
 * @param minSeconds the least of all ranks
 * @param meanSeconds the mean
 * @param maxSeconds the most
 */
public record PhaseTime(
    String name, boolean communication, double minSeconds, double meanSeconds, double maxSeconds) {}
