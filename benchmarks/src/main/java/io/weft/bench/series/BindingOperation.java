package io.weft.bench.series;

/** What bindings are compared by; {@code bindings.c} has the same. */
enum BindingOperation {
  /** A half round trip between native buffers. */
  PING_PONG("ping-pong"),
  /** A half round trip between arrays on the Java heap. */
  PING_PONG_ARRAY("ping-pong-of-double[]"),
  /** One of 64 messages under way; rank 0 receives. */
  WINDOW("window-of-64"),
  /** A sum of doubles in native buffers. */
  ALLREDUCE("allreduce"),
  /** A sum of doubles in arrays. */
  ALLREDUCE_ARRAY("allreduce-of-double[]"),
  /** The shortest call there is. */
  COMM_RANK("rank");

  /** Longer ones say nothing new. */
  private static final int MOST_REDUCED = 1 << 20;

  private final String word;

  BindingOperation(String word) {
    this.word = word;
  }

  /** Whether the data lies in arrays. */
  boolean isOfArrays() {
    return this == PING_PONG_ARRAY || this == ALLREDUCE_ARRAY;
  }

  /** Whether it is measured at a length. */
  boolean has(int bytes) {
    return this != ALLREDUCE && this != ALLREDUCE_ARRAY || bytes <= MOST_REDUCED;
  }

  @Override
  public String toString() {
    return word;
  }
}
