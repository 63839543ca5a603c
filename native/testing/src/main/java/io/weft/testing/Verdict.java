package io.weft.testing;

import java.util.List;

/** What is reported of a method in a cell. */
sealed interface Verdict {
  /** Every rank passed. */
  record Passed() implements Verdict {}

  /** Every rank skipped. */
  record Skipped(String reason) implements Verdict {}

  /** Anything else; the frames are those of the first rank that threw. */
  record Failed(String message, List<StackTraceElement> frames) implements Verdict {}
}
