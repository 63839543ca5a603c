package io.weft.bench.ranks;

/**
 * What rank 0 tells the others to do next: a word of the phase and a number. Told between batches,
 * never while a clock runs.
 */
enum Phase {
  /** Open a pattern; the number is its ordinal, and a second word the bytes of a message. */
  OPEN,
  /** Open a kernel; the number is its place in the list, and a second word that of the class. */
  OPEN_KERNEL,
  /** Run a batch; the number is how many operations. */
  RUN,
  /** Time operations singly; the number is how many. */
  TIME,
  /** Add up the checksums. */
  SUM,
  /** Say what carried the messages. */
  FIND,
  /** Close and end. */
  END;

  private static final int SHIFT = 48;

  long with(long number) {
    return (long) ordinal() << SHIFT | number;
  }

  static Phase of(long word) {
    return values()[(int) (word >>> SHIFT)];
  }

  static long number(long word) {
    return word & (1L << SHIFT) - 1;
  }
}
