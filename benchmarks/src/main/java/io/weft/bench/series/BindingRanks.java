package io.weft.bench.series;

/**
 * One way from Java to MPI, on one of two ranks. Loops are its own, so that calls in them are too.
 */
interface BindingRanks extends Rounds.Ranks {
  /** As many messages as are under way in {@link BindingOperation#WINDOW}. */
  int WINDOW = 64;

  /** The tag of messages. */
  int MESSAGE = 1;

  /** The tag of an answer to a window. */
  int ANSWER = 2;

  int rank();

  /** The loop of an operation; counts are multiples of {@link #WINDOW}. */
  Rounds.Loop loop(BindingOperation operation, int bytes);
}
