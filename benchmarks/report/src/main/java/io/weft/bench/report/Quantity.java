package io.weft.bench.report;

/** What a cell is read as; samples are nanoseconds per operation all the same. */
public enum Quantity {
  /** Nanoseconds per operation; less is better. */
  TIME,
  /** 10^9 bytes in a second; more is better. */
  BANDWIDTH,
  /** 10^6 messages in a second; more is better. */
  RATE,
  /** 10^6 floating-point (of IS: key) operations in a second; more is better. */
  SPEED
}
