package io.weft.bench.series;

import java.util.List;

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

  /** Those lengths at which it is measured. */
  List<Integer> lengths(List<Integer> lengths) {
    if (this == COMM_RANK) {
      return List.of(Integer.BYTES);
    }
    boolean all = this != ALLREDUCE && this != ALLREDUCE_ARRAY;
    return lengths.stream().filter(length -> all || length <= MOST_REDUCED).toList();
  }

  /** The operation of a name. */
  static BindingOperation of(String word) {
    for (BindingOperation operation : values()) {
      if (operation.word.equals(word)) {
        return operation;
      }
    }
    throw new IllegalArgumentException("there is no operation " + word);
  }

  @Override
  public String toString() {
    return word;
  }
}
