package io.weft.kernels.ft;

/**
 * How a grid is dealt out: rank {@code r} of {@code p} has the planes {@code z} from {@code r nz /
 * p} before a transpose (all x, all y), and the rows {@code y} from {@code r ny / p} after it (all
 * x, all z). All numbers are powers of two.
 *
 * <p>A local array has x fastest, then y, then z, whichever of y and z is divided: on one rank a
 * transpose moves nothing.
 *
 * @param nx points in x
 * @param ny points in y, of all ranks
 * @param nz points in z, of all ranks
 * @param ranks how many there are
 */
record Slabs(int nx, int ny, int nz, int ranks) {
  /** A transpose's messages are started in so many parts, or fewer where slabs are thinner. */
  private static final int LEAST_CHUNKS = 16;

  /**
   * And in more where they would be longer: what is packed is sent from the cache, not from memory.
   */
  private static final int MOST_MESSAGE_POINTS = 1 << 16;

  /**
   * Deals out.
   *
   * @param problem the class
   * @param ranks a power of two
   * @throws IllegalArgumentException if a rank would have no plane, or no row
   */
  static Slabs of(FtClass problem, int ranks) {
    int most = Math.min(problem.ny(), problem.nz());
    if (ranks > most) {
      throw new IllegalArgumentException(
          "ft class %s runs on at most %d ranks, each with at least one of %d planes and one of %d rows; %d are too many: use %d or a larger class"
              .formatted(problem.name(), most, problem.nz(), problem.ny(), ranks, most));
    }
    return new Slabs(problem.nx(), problem.ny(), problem.nz(), ranks);
  }

  /** This rank's planes, before a transpose. */
  int planes() {
    return nz / ranks;
  }

  /** This rank's rows of each plane, after a transpose. */
  int rows() {
    return ny / ranks;
  }

  /** Points of one whole plane. */
  int planePoints() {
    return nx * ny;
  }

  /** Points of this rank. */
  int points() {
    return Math.toIntExact((long) nx * ny * nz / ranks);
  }

  /** Planes that are moved at a time. */
  int chunkPlanes() {
    return atOnce(planes(), nx * rows());
  }

  /** Rows that are moved back at a time. */
  int chunkRows() {
    return atOnce(rows(), nx * planes());
  }

  /** Of so many layers, each of which has so many points for one rank. */
  private static int atOnce(int layers, int points) {
    return Math.max(1, Math.min(layers / LEAST_CHUNKS, MOST_MESSAGE_POINTS / points));
  }

  /** Points that one rank sends to another at a time, at most. */
  int messagePoints() {
    return nx * Math.max(chunkPlanes() * rows(), chunkRows() * planes());
  }
}
