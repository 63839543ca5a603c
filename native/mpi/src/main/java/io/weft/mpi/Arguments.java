package io.weft.mpi;

/**
 * Checks of what is no buffer, made before C sees it: not every library looks, and some read past
 * their arrays, end the process, or wait for ever.
 */
final class Arguments {
  private Arguments() {}

  /**
   * A rank, or an edge's end.
   *
   * @param what whose it is, for the message
   * @param rank what was given
   * @param size of what it has to be a rank
   */
  static void rank(String what, int rank, int size) {
    if (rank < 0 || rank >= size) {
      throw new IllegalArgumentException(
          what + " " + rank + (size == 0 ? " of no ranks" : " is not in 0 .. " + (size - 1)));
    }
  }

  /** A tag of a message that the library sends. */
  static void tag(int tag) {
    if (tag < 0) {
      throw new IllegalArgumentException("tag is " + tag + ", less than 0");
    }
  }

  /** Weights of edges (MPI-4.0 section 8.5.4). */
  static void weights(int... weights) {
    for (int weight : weights) {
      if (weight < 0) {
        throw new IllegalArgumentException("weight is " + weight + ", less than 0");
      }
    }
  }

  /** A name or a number of some that the caller may have forgotten. */
  static <T> T notNull(String what, T value) {
    if (value == null) {
      throw new NullPointerException(what + " is null");
    }
    return value;
  }
}
